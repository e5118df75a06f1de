import type { Traced } from "../trace.ts";
import { of } from "./messages.ts";

/** Every run ends, or waits with a prompt, a sleep or a retry; and whoever waits is woken, but not over and over. */
export function ends(events: readonly Traced[]): readonly string[] {
  const calm = of(events, "calm").flatMap(({ unheard, due, lost, isPlanned, wakesAt }) => [
    ...(unheard > 0 ? [`${unheard} updates are never handled`] : []),
    ...(due > 0 ? [`${due} steps are never played`] : []),
    ...(lost > 0 ? [`${lost} runs wait for nothing`] : []),
    ...(isPlanned && wakesAt === null ? ["nobody wakes it for what is planned"] : []),
  ]);
  const keptForEver = (of(events, "calm").at(-1)?.kept ?? 0) > 0 ? ["what was kept is not shown though it was asked for"] : [];
  return [...calm, ...keptForEver, ...spins(events)];
}

/** Whether it asks to be woken at once though it found nothing to do. */
function spins(events: readonly Traced[]): readonly string[] {
  let isIdle = false;
  return events.flatMap((event) => {
    if (event.kind === "spins") return ["it is woken over and over"];
    if (event.kind !== "rests" || !event.isWork) {
      isIdle = false;
      return [];
    }
    const wasIdle = isIdle;
    isIdle = event.wakesAt !== null && event.wakesAt <= event.at;
    return wasIdle && isIdle ? ["it asks to be woken at once, and does nothing"] : [];
  });
}
