import { KEPT } from "../../../../contract/delivery.ts";
import { partsOf, type Traced } from "../trace.ts";
import { shownStamps } from "./messages.ts";

/** Order is kept: within a run, among what the person writes, and among what was kept for them. */
export function order(events: readonly Traced[]): readonly string[] {
  return [...withinRuns(events), ...amongUpdates(events), ...amongKept(events)];
}

function withinRuns(events: readonly Traced[]): readonly string[] {
  const last = new Map<string, string>();
  return shownStamps(events).flatMap((stamp) => {
    const { run, n, k } = partsOf(stamp);
    const before = last.get(run);
    last.set(run, stamp);
    if (before === undefined) return [];
    const was = partsOf(before);
    return was.n < n || (was.n === n && was.k <= k) ? [] : [`${stamp} is shown after ${before}`];
  });
}

/** An update is handled after those of a lower number that had arrived by then. */
function amongUpdates(events: readonly Traced[]): readonly string[] {
  const handled = new Map<string, number>();
  events.forEach((event, at) => {
    if (event.kind === "plays" && event.text !== null && !handled.has(event.text))
      handled.set(event.text, at);
  });
  const updates = events.flatMap((event, at) => {
    if (event.kind !== "arrives" || event.text === null) return [];
    const handledAt = handled.get(event.text);
    return handledAt === undefined ? [] : [{ update: event.update, at, handledAt }];
  });
  return updates.flatMap((one) =>
    updates
      .filter(
        (other) => other.update < one.update && other.at < one.handledAt && other.handledAt > one.handledAt,
      )
      .map((other) => `update ${one.update} is handled before ${other.update}`),
  );
}

function amongKept(events: readonly Traced[]): readonly string[] {
  const kept: string[] = [];
  const begun = new Set<string>();
  let last = -1;
  return events.flatMap((event) => {
    if (event.kind === "handed" && event.outcome.reason === KEPT && !kept.includes(event.run))
      kept.push(event.run);
    if (event.kind !== "plays" || event.n !== 0) return [];
    const at = kept.indexOf(event.run);
    if (at < 0 || begun.has(event.run)) return [];
    begun.add(event.run);
    const before = kept[last];
    last = Math.max(last, at);
    return at < last ? [`${event.run} was kept before ${before}, and is shown after it`] : [];
  });
}
