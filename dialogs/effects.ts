import { BrokenData, SystemRefused, SystemUnavailable } from "../contract/errors.ts";

/** Most effects one step may have: more is a step that loops. */
const MOST_EFFECTS = 100;

/** An effect that was begun. */
export interface LoggedEffect {
  /** JSON text; absent where nobody saw it end. */
  readonly result: string | null;
  /** Whether it only looked something up: done again, it changes nothing. */
  readonly isRead?: boolean;
}

/** The effects of the step under way, by their ordinal; emptied in the transaction that moves on. */
export interface EffectLog {
  find(ordinal: number): LoggedEffect | null;
  begin(ordinal: number, kind: EffectKind): void;
  finish(ordinal: number, result: string): void;
  forget(ordinal: number): void;
}

/**
 * What a playing after a crash has to do about an effect whose end nobody saw: to do the same again, for which it must
 * know what the step began with (`repeat`, and `read` for what changes nothing), or to take it for done (`assume`).
 */
export type EffectKind = AfterCrash<unknown>["kind"];

/** What an effect came to, as it is logged. */
type Result =
  | { readonly value: unknown }
  | { readonly threw: "system-unavailable"; readonly message: string }
  | { readonly threw: "system-refused"; readonly message: string; readonly status: number };

/** Where the log keeps what the step began with, and when: no effects, but the ground that they stand on. */
const BEGINNING = -1;
const MOMENT = -2;

/** What to do about an effect that was begun before a crash, and whose end nobody saw. */
type AfterCrash<T> =
  | { readonly kind: "repeat" }
  | { readonly kind: "read" }
  | { readonly kind: "assume"; readonly value: T };

/** The effects of one playing of one step: each is done once, however often the step is played. */
export class Effects {
  #next = 0;
  /** Requests that found the main system silent since the last effect began, and how many effects there were by then. */
  #silent: number[] = [];
  #nextAtSilence = 0;
  readonly #log: EffectLog;
  /** What the step began with, while that is not logged. */
  #beginning: unknown = null;

  constructor(log: EffectLog) {
    this.#log = log;
  }

  /** The effect's number within the step; with the run's move it makes the key of an idempotent request. */
  get next(): number {
    return this.#next;
  }

  /**
   * Does `act`, or returns (or throws) what it came to before. `T` must survive JSON. What the main system refuses
   * is a result like any other; every other error leaves the effect undone, to be tried again.
   * @param permit awaited before the effect begins: a crash, or a "not yet", in it leaves nothing begun
   */
  async once<T>(
    afterCrash: AfterCrash<T>,
    act: () => Promise<T>,
    permit: () => Promise<void> = async () => {},
  ): Promise<T> {
    const ordinal = this.#next;
    this.#next += 1;
    // A step that goes on to another effect has caught the silences before it.
    this.#silent = [];
    if (ordinal >= MOST_EFFECTS) throw new BrokenData(`A step has more than ${MOST_EFFECTS} effects`);

    const logged = this.#log.find(ordinal);
    if (logged?.result != null) return this.#replay<T>(ordinal, JSON.parse(logged.result) as Result);
    if (logged && afterCrash.kind === "assume") return this.#keep(ordinal, afterCrash.value);

    await permit();
    if (this.#beginning !== null) this.#log.finish(BEGINNING, JSON.stringify(this.#beginning));
    this.#beginning = null;
    this.#log.begin(ordinal, afterCrash.kind);
    try {
      return this.#keep(ordinal, await act());
    } catch (error) {
      if (error instanceof SystemUnavailable) this.#wasSilent(ordinal, error);
      else if (error instanceof SystemRefused) {
        this.#finish(ordinal, { threw: error.code, message: error.message, status: error.status });
      } else this.#log.forget(ordinal);
      throw error;
    }
  }

  /**
   * What the step began with: `now` at its first playing, and the same at every other of which something is known. It is
   * logged when the first effect is about to begin.
   */
  beganWith(now: unknown): unknown {
    const logged = this.#log.find(BEGINNING);
    if (logged?.result != null) return JSON.parse(logged.result);
    this.#beginning = now;
    return now;
  }

  /** The step's own time: that of the first playing in which it was asked for. Milliseconds since 1970. */
  momentOf(now: number): number {
    const logged = this.#log.find(MOMENT);
    if (logged?.result != null) return Number(logged.result);
    this.#log.finish(MOMENT, String(now));
    return now;
  }

  /**
   * Forgets the requests that found the main system silent, so that they are made again when the step is: for a
   * silence that the step did not catch.
   * @throws BrokenData where the step did something after the silence: done again, its effects would be others
   */
  forgetSilence(): void {
    if (this.#next > this.#nextAtSilence)
      throw new BrokenData("A step went on after a silence, and then failed of it");
    for (const ordinal of this.#silent) this.#log.forget(ordinal);
  }

  #keep<T>(ordinal: number, value: T): T {
    this.#finish(ordinal, { value });
    return value;
  }

  #replay<T>(ordinal: number, result: Result): T {
    if (!("threw" in result)) return result.value as T;
    if (result.threw === "system-refused") throw new SystemRefused(result.message, result.status);
    const error = new SystemUnavailable(result.message);
    this.#wasSilent(ordinal, error);
    throw error;
  }

  #wasSilent(ordinal: number, error: SystemUnavailable): void {
    this.#silent.push(ordinal);
    this.#nextAtSilence = this.#next;
    this.#finish(ordinal, { threw: error.code, message: error.message });
  }

  #finish(ordinal: number, result: Result): void {
    this.#log.finish(ordinal, JSON.stringify(result));
  }
}
