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
  const keptForEver =
    (of(events, "calm").at(-1)?.kept ?? 0) > 0 ? ["what was kept is not shown though it was asked for"] : [];
  return [...calm, ...keptForEver, ...spins(events)];
}

/** Goes at once and finds something to do that leaves no trace: 200 that were kept and are no news any more take two. */
const MOST_IDLE = 5;

/** Whether it asks to be woken at once, over and over, though it finds nothing to do. */
function spins(events: readonly Traced[]): readonly string[] {
  let idle = 0;
  return events.flatMap((event) => {
    if (event.kind === "spins") return ["it is woken over and over"];
    const isIdle =
      event.kind === "rests" && event.isWork && event.wakesAt !== null && event.wakesAt <= event.at;
    idle = isIdle ? idle + 1 : 0;
    return idle > MOST_IDLE ? ["it asks to be woken at once, and does nothing"] : [];
  });
}
