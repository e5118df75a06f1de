import { BrokenData, SystemRefused, SystemUnavailable } from "../contract/errors.ts";

/** Most effects one step may have: more is a step that loops. */
const MOST_EFFECTS = 100;

/** An effect that was begun; `result` is JSON text, absent where nobody saw it end. */
export interface LoggedEffect {
  readonly result: string | null;
}

/** The effects of the step under way, by their ordinal; emptied in the transaction that moves on. */
export interface EffectLog {
  find(ordinal: number): LoggedEffect | null;
  begin(ordinal: number): void;
  finish(ordinal: number, result: string): void;
  forget(ordinal: number): void;
}

/** What an effect came to, as it is logged. */
type Result = { readonly value: unknown } | { readonly threw: string; readonly message: string };

/** What to do about an effect that was begun before a crash, and whose end nobody saw. */
type AfterCrash<T> = { readonly kind: "repeat" } | { readonly kind: "assume"; readonly value: T };

/** The effects of one playing of one step: each is done once, however often the step is played. */
export class Effects {
  #next = 0;
  readonly #log: EffectLog;

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
   */
  async once<T>(afterCrash: AfterCrash<T>, act: () => Promise<T>): Promise<T> {
    const ordinal = this.#next;
    this.#next += 1;
    if (ordinal >= MOST_EFFECTS) throw new BrokenData(`A step has more than ${MOST_EFFECTS} effects`);

    const logged = this.#log.find(ordinal);
    if (logged?.result != null) return replay<T>(JSON.parse(logged.result) as Result);
    if (logged && afterCrash.kind === "assume") return this.#keep(ordinal, afterCrash.value);

    this.#log.begin(ordinal);
    try {
      return this.#keep(ordinal, await act());
    } catch (error) {
      if (isSystemError(error)) this.#finish(ordinal, { threw: error.code, message: error.message });
      else this.#log.forget(ordinal);
      throw error;
    }
  }

  /** Forgets the last effect, so that it is done again when the step is: for a failure that the step did not catch. */
  forgetLast(): void {
    if (this.#next > 0) this.#log.forget(this.#next - 1);
  }

  #keep<T>(ordinal: number, value: T): T {
    this.#finish(ordinal, { value });
    return value;
  }

  #finish(ordinal: number, result: Result): void {
    this.#log.finish(ordinal, JSON.stringify(result));
  }
}

/** Whether a step may catch this error and go on. */
function isSystemError(error: unknown): error is SystemUnavailable | SystemRefused {
  return error instanceof SystemUnavailable || error instanceof SystemRefused;
}

function replay<T>(result: Result): T {
  if (!("threw" in result)) return result.value as T;
  throw result.threw === "system-refused"
    ? new SystemRefused(result.message)
    : new SystemUnavailable(result.message);
}
