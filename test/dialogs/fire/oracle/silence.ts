import { KEPT } from "../../../../contract/delivery.ts";
import { type Place, partsOf, type Silence, type Traced } from "../trace.ts";
import { type Of, of } from "./messages.ts";

/** Steps that a time leads to. */
const TIMED_STEPS = ["wake", "late"];
/** Runs that a time begins. */
const TIMED_RUNS = /-(tip|alert)\d|^resumed/;
/** Runs of which a person may hear while an operator speaks with them: these, and what they begin. */
const WITH_OPERATOR = /^(back|passed|deleted)|-/;
/** Steps that others go on to: they are played when their time has come, whoever is there by then. */
const GONE_ON_TO = ["done", "background"];

/**
 * Nothing is said by itself while there is silence, but what is critical; and what a person does while an operator is
 * there is the operator's.
 */
export function silence(events: readonly Traced[]): readonly string[] {
  const listening = new Listening();
  const byItself = events.flatMap((event, at) => {
    const leaves = event.kind === "leaves" && arrives(events, at) ? event : null;
    listening.follows(event);
    return leaves ? listening.hears(leaves) : [];
  });
  return [...byItself, ...withOperator(events)];
}

/** Whether a message that leaves may arrive. */
function arrives(events: readonly Traced[], at: number): boolean {
  for (let next = at + 1; next < events.length; next += 1) {
    const event = events[next];
    if (event?.kind === "came") return event.result === "sent" || event.result === "uncertain";
    if (event?.kind === "leaves" || event?.kind === "dies") break;
  }
  return true;
}

/** Whoever listens whether something is said that should not be. */
class Listening {
  readonly #plays = new Map<string, Of<"plays">>();
  /** Steps that have done something: those are brought to their end. */
  readonly #begun = new Set<string>();
  readonly #kept = new Set<string>();
  /** How silent it was when the person asked for what was kept. */
  #asked: Silence | null = null;
  #playing: Place | null = null;

  follows(event: Traced): void {
    switch (event.kind) {
      case "plays":
        this.#plays.set(nameOf(event), event);
        this.#playing = event;
        break;
      case "said":
      case "written":
      case "read":
        this.#begun.add(nameOf(partsOf(event.stamp)));
        break;
      case "dies":
        if (this.#playing) this.#begun.add(nameOf(this.#playing));
        break;
      case "rests":
        this.#playing = null;
        break;
      case "handed":
        if (event.outcome.reason === KEPT) this.#kept.add(event.run);
        break;
      case "asks-for-kept":
        this.#asked = event.silence;
        break;
    }
  }

  hears({ stamps: [stamp], silence }: Of<"leaves">): readonly string[] {
    if (stamp === undefined) return [];
    const name = nameOf(partsOf(stamp));
    const play = this.#plays.get(name);
    if (!play || this.#begun.has(name)) return [];
    this.#begun.add(name);
    const isReview = this.#kept.has(play.run) && play.by !== "person" && !TIMED_STEPS.includes(play.step);
    const why = isReview ? sinceThen(silence, this.#asked) : reasonFor(play, silence);
    return why ? [`${stamp} is said though ${why}`] : [];
  }
}

function nameOf({ run, n }: Place): string {
  return `${run}.${n}`;
}

/** Why a step may not speak now, or `null`. */
function reasonFor(
  { run, step, by, critical }: Of<"plays">,
  { pausedUntil, withOperator, isNight }: Silence,
): string | null {
  if (by !== "itself" || critical) return null;
  if (pausedUntil !== null) return "the person wants quiet";
  if (withOperator) return "an operator is there";
  const isTimed = TIMED_STEPS.includes(step) || TIMED_RUNS.test(run);
  return isTimed && isNight ? "it is night" : null;
}

/** Why what was kept may not be shown though the person has asked for it. */
function sinceThen(now: Silence, asked: Silence | null): string | null {
  if (!asked) return "nobody has asked for what was kept";
  if (now.pausedUntil !== null && now.pausedUntil !== asked.pausedUntil)
    return "the person wants quiet again";
  return now.withOperator && !asked.withOperator ? "an operator has come since" : null;
}

function withOperator(events: readonly Traced[]): readonly string[] {
  const played = new Set<string>();
  return of(events, "plays").flatMap((play) => {
    const isFirst = !played.has(nameOf(play));
    played.add(nameOf(play));
    const isTheirs = play.by === "person" && !WITH_OPERATOR.test(play.run) && !GONE_ON_TO.includes(play.step);
    return isFirst && isTheirs && play.silence.withOperator
      ? [`${nameOf(play)} is played though an operator is there`]
      : [];
  });
}
