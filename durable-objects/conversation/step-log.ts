import { z } from "zod";
import { BrokenData } from "../../contract/errors.ts";
import type { EffectKind, EffectLog, LoggedEffect } from "../../dialogs/effects.ts";

/** Most characters that the results of a step may have: escaped, and in UTF-8, they must fit a row of 2 MB. */
export const MOST_RESULTS: number = 256 * 1024;

/** The log as it is kept: each effect's ordinal and its result, `null` where nobody saw its end; and whether it read only. */
const Kept = z.array(z.tuple([z.int(), z.string().nullable(), z.literal("read").optional()]));

/** Where a step's log is written down. */
export interface Paper {
  /**
   * An effect is about to begin: the log has to be safe before it leaves.
   * @param isNeeded whether more is in it than that a first message has begun
   */
  write(log: string, isNeeded: boolean): void;
  /** The only effect was undone: nothing has left. */
  undone(): void;
}

/**
 * The effects of one playing of a step. It is written down as one value, whenever an effect is about to begin: so what
 * an effect came to is safe before the next one leaves, or in the transaction that moves on, and costs no row of its own.
 */
export class StepLog implements EffectLog {
  readonly #paper: Paper;
  readonly #effects: Map<number, LoggedEffect>;

  /**
   * @param kept the log of an earlier playing
   * @throws BrokenData where today's code can't read it
   */
  constructor(paper: Paper, kept: string | null = null) {
    this.#paper = paper;
    this.#effects = new Map(
      kept === null ? [] : read(kept).map(([at, result, kind]) => [at, { result, isRead: kind === "read" }]),
    );
  }

  /** Whether something has left, or may have. */
  get isBegun(): boolean {
    return this.#begun() > 0;
  }

  /** What the effects came to, `null` where nobody saw their end. */
  get results(): readonly (string | null)[] {
    return [...this.#effects].flatMap(([ordinal, { result }]) => (ordinal >= 0 ? [result] : []));
  }

  /** How many effects there are; what is below 0 is what the step began with, and none. */
  #begun(): number {
    return [...this.#effects.keys()].filter((ordinal) => ordinal >= 0).length;
  }

  /** What is known by now, as it is kept. */
  get text(): string {
    return written(this.#effects);
  }

  find(ordinal: number): LoggedEffect | null {
    return this.#effects.get(ordinal) ?? null;
  }

  begin(ordinal: number, kind: EffectKind): void {
    this.#effects.set(ordinal, { result: null, isRead: kind === "read" });
    this.#paper.write(this.text, this.#begun() > 1 || kind !== "assume");
  }

  /** @throws BrokenData where the step's results are too much to be kept */
  finish(ordinal: number, result: string): void {
    const others = [...this.#effects].reduce(
      (sum, [at, known]) => sum + (at === ordinal ? 0 : (known.result?.length ?? 0)),
      0,
    );
    if (others + result.length > MOST_RESULTS)
      throw new BrokenData(`The results of a step may have ${MOST_RESULTS} characters`);
    this.#effects.set(ordinal, { ...this.#effects.get(ordinal), result });
  }

  forget(ordinal: number): void {
    this.#effects.delete(ordinal);
    if (!this.isBegun) this.#paper.undone();
  }
}

/** The log of a step of which it is known only that its first effect was begun. */
export const ONE_BEGUN: string = written(new Map([[0, { result: null }]]));

/**
 * Whether a step has done more, or may have, than look something up, for all that its log says. One that today's code
 * can't read says that it has.
 */
export function hasDone(log: string | null): boolean {
  if (log === null) return false;
  const kept = Kept.safeParse(JSON.parse(log));
  return !kept.success || kept.data.some(([ordinal, _, kind]) => ordinal >= 0 && kind !== "read");
}

function written(effects: ReadonlyMap<number, LoggedEffect>): string {
  return JSON.stringify(
    [...effects].map(([ordinal, { result, isRead }]) => [ordinal, result, ...(isRead ? ["read"] : [])]),
  );
}

function read(log: string): z.infer<typeof Kept> {
  const kept = Kept.safeParse(JSON.parse(log));
  if (!kept.success) throw new BrokenData("The log of a step has not its shape");
  return kept.data;
}
