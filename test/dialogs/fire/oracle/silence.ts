import { KEPT } from "../../../../contract/delivery.ts";
import { partsOf, type Silence, type Traced } from "../trace.ts";
import { of, shownStamps } from "./messages.ts";

/** Steps that a time leads to. */
const TIMED_STEPS = ["wake", "late"];
/** Runs that a time begins. */
const TIMED_RUNS = /-(tip|alert)\d|^resumed/;
/** What is said to a person while an operator speaks with them. */
const WITH_OPERATOR = /^(back|passed|deleted)|-/;

type Play = Extract<Traced, { kind: "plays" }>;

/** Nothing is said by itself while there is silence, but what is critical; and what a person does while an operator is there is the operator's. */
export function silence(events: readonly Traced[]): readonly string[] {
  return [...byItself(events), ...withOperator(events)];
}

function byItself(events: readonly Traced[]): readonly string[] {
  const plays = new Map<string, Play>();
  const begun = new Set<string>();
  const kept = new Set<string>();
  const shown = new Set(shownStamps(events));
  let asked: Silence | null = null;
  return events.flatMap((event) => {
    if (event.kind === "plays") plays.set(`${event.run}.${event.n}`, event);
    if (event.kind === "handed" && event.outcome.reason === KEPT) kept.add(event.run);
    if (event.kind === "asks-for-kept") asked = event.silence;
    if (event.kind !== "leaves" || !event.stamps[0] || !shown.has(event.stamps[0])) return [];
    const { run, n } = partsOf(event.stamps[0]);
    const play = plays.get(`${run}.${n}`);
    // What was begun before the silence is brought to its end.
    if (!play || begun.has(`${run}.${n}`)) return [];
    begun.add(`${run}.${n}`);
    const why = kept.has(run) && n === 0 ? sinceThen(event.silence, asked) : reasonFor(play, event.silence);
    return why ? [`${event.stamps[0]} is said though ${why}`] : [];
  });
}

/** Why a step may not speak now, or `null`. */
function reasonFor({ run, step, by, critical }: Play, { pausedUntil, withOperator, isNight }: Silence): string | null {
  if (by !== "itself" || critical) return null;
  if (pausedUntil !== null) return "the person wants quiet";
  if (withOperator) return "an operator is there";
  const isTimed = TIMED_STEPS.includes(step) || TIMED_RUNS.test(run);
  return isTimed && isNight ? "it is night" : null;
}

/** Why what was kept may not be shown though the person has asked for it. */
function sinceThen(now: Silence, asked: Silence | null): string | null {
  if (!asked) return "nobody has asked for what was kept";
  if (now.pausedUntil !== null && now.pausedUntil !== asked.pausedUntil) return "the person wants quiet again";
  return now.withOperator && !asked.withOperator ? "an operator has come since" : null;
}

function withOperator(events: readonly Traced[]): readonly string[] {
  const played = new Set<string>();
  return of(events, "plays").flatMap(({ run, n, step, by, silence }) => {
    const isFirst = !played.has(`${run}.${n}`);
    played.add(`${run}.${n}`);
    const isOwn = by === "person" && !WITH_OPERATOR.test(run) && !["done", "background"].includes(step);
    return isFirst && isOwn && silence.withOperator ? [`${run}.${n} is played though an operator is there`] : [];
  });
}
