import { partsOf, type Traced } from "../trace.ts";
import { type Of, of, unsureStamps } from "./messages.ts";

/** Steps that nothing leads to but a button. */
const OPTIONS = ["yes", "no", "skip", "good", "bad", "fine", "show", "drop"];
/** Runs that take whatever nothing waits for. */
const TAKES_ALL = /^(echo|passed)\d/;

/** An answer goes where it was asked for, and no button works that is out of date. */
export function places(events: readonly Traced[]): readonly string[] {
  return [...untapped(events), ...misplaced(events)];
}

function untapped(events: readonly Traced[]): readonly string[] {
  const tapped = new Set<string>();
  return events.flatMap((event) => {
    if (event.kind === "arrives" && event.step !== null && event.under !== null) {
      const { run, n } = partsOf(event.under);
      tapped.add(`${run}.${n + 1} ${event.step}`);
    }
    if (event.kind !== "plays" || !OPTIONS.includes(event.step)) return [];
    const place = `${event.run}.${event.n}`;
    return tapped.has(`${place} ${event.step}`)
      ? []
      : [`${place} plays ${event.step}, which nobody tapped there`];
  });
}

/** Replies that were taken for the answer to something else. A question that got lost takes any reply to nothing else. */
function misplaced(events: readonly Traced[]): readonly string[] {
  const unsure = new Set([...unsureStamps(events)].map((stamp) => partsOf(stamp).run));
  const replies = new Map<string, Of<"arrives">>();
  for (const event of of(events, "arrives")) if (event.text !== null) replies.set(event.text, event);
  return of(events, "plays").flatMap(({ run, text }) => {
    const under = text === null ? null : (replies.get(text)?.under ?? null);
    if (under === null || TAKES_ALL.test(run) || unsure.has(run) || partsOf(under).run === run) return [];
    return [`${run} takes "${text}", which was a reply to ${under}`];
  });
}
