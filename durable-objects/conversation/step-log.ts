import type { EffectLog, LoggedEffect } from "../../dialogs/effects.ts";

/** Where a step's log is written down, as far as it has to be. */
export interface Paper {
  /** The first effect is about to begin: from here on that has to be known. */
  begins(ordinal: number): void;
  /** The only effect was undone: nothing has left. */
  undone(): void;
  /** A second effect is about to begin: the whole log has to be kept. */
  grows(): EffectLog;
}

/** What is known of a step's log when it is played again. */
export interface KnownLog {
  /** The one effect that was begun, whose end nobody saw. */
  readonly begun: number | null;
  /** The whole log, where it was kept. */
  readonly kept: EffectLog | null;
}

/**
 * The effects of one playing of a step. Most steps have one, their message, and of that one it is enough to know that it
 * began: so its end is kept in memory, and only a second one has the whole log written down.
 */
export class StepLog implements EffectLog {
  readonly #paper: Paper;
  readonly #inMemory = new Map<number, LoggedEffect>();
  #kept: EffectLog | null;

  constructor(paper: Paper, { begun, kept }: KnownLog = { begun: null, kept: null }) {
    this.#paper = paper;
    this.#kept = kept;
    if (begun !== null) this.#inMemory.set(begun, { result: null });
  }

  /** Whether something has left, or may have. */
  get isBegun(): boolean {
    return this.#kept !== null || this.#inMemory.size > 0;
  }

  /** Whether the whole log was written down. */
  get isKept(): boolean {
    return this.#kept !== null;
  }

  /** Has the whole log written down: what failed after it is to be played again. */
  keep(): void {
    if (this.#kept) return;
    const kept = this.#paper.grows();
    for (const [ordinal, { result }] of this.#inMemory) {
      kept.begin(ordinal);
      if (result !== null) kept.finish(ordinal, result);
    }
    this.#kept = kept;
  }

  find(ordinal: number): LoggedEffect | null {
    return this.#kept ? this.#kept.find(ordinal) : (this.#inMemory.get(ordinal) ?? null);
  }

  begin(ordinal: number): void {
    if (this.#inMemory.size > 0) this.keep();
    if (this.#kept) this.#kept.begin(ordinal);
    else {
      this.#paper.begins(ordinal);
      this.#inMemory.set(ordinal, { result: null });
    }
  }

  finish(ordinal: number, result: string): void {
    if (this.#kept) this.#kept.finish(ordinal, result);
    else this.#inMemory.set(ordinal, { result });
  }

  forget(ordinal: number): void {
    if (this.#kept) this.#kept.forget(ordinal);
    else {
      this.#inMemory.delete(ordinal);
      if (this.#inMemory.size === 0) this.#paper.undone();
    }
  }
}
