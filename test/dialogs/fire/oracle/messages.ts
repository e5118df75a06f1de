import type { Traced, TraceEvent } from "../trace.ts";

/** Events of one kind. */
export type Of<Kind extends TraceEvent["kind"]> = Extract<Traced, { kind: Kind }>;

/** The events of one kind, in order. */
export function of<Kind extends TraceEvent["kind"]>(
  events: readonly Traced[],
  kind: Kind,
): readonly Of<Kind>[] {
  return events.filter((event): event is Of<Kind> => event.kind === kind);
}

/** The stamps that were shown, in the order in which the person saw them. */
export function shownStamps(events: readonly Traced[]): readonly string[] {
  return of(events, "shows").flatMap(({ stamps }) => stamps);
}

/**
 * Messages of which nobody can know whether they arrived: no answer came, or the process died before it did, or before it
 * was written down that nothing was sent.
 */
export function unsureStamps(events: readonly Traced[]): ReadonlySet<string> {
  const unsure = new Set<string>();
  let open: readonly string[] = [];
  for (const event of events) {
    if (event.kind === "leaves") open = event.stamps;
    if (event.kind === "came" && event.result === "uncertain")
      for (const stamp of event.stamps) unsure.add(stamp);
    if (event.kind === "dies") for (const stamp of open) unsure.add(stamp);
    if (event.kind === "rests" || event.kind === "plays" || event.kind === "said") open = [];
  }
  return unsure;
}

/** Messages that the messenger would never take. */
export function refusedStamps(events: readonly Traced[]): ReadonlySet<string> {
  return new Set(of(events, "came").flatMap(({ stamps, result }) => (result === "never" ? stamps : [])));
}
