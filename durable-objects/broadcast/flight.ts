import type { Candidate } from "../../contract/delivery.ts";

/** A chunk that was put into the queue, and has not been reported on. */
interface Flying {
  readonly recipients: readonly Candidate[];
  /** Milliseconds since 1970, like what follows. */
  readonly since: number;
  /** After this no report is awaited any more. */
  readonly until: number;
}

/**
 * What of a broadcast is between the queue and its report. Kept in memory alone: what an eviction forgets is still
 * under way in the ledger, and comes again with the next round.
 */
export class Flight {
  readonly #chunks = new Map<number, Flying>();
  #waiters: (() => void)[] = [];
  #next: number;

  /** @param now numbers begin here, so that chunks from before an eviction are not taken for later ones */
  constructor(now: number) {
    this.#next = now;
  }

  /** Takes a chunk up, and gives it its number. */
  add(recipients: readonly Candidate[], since: number, until: number): number {
    this.#next += 1;
    this.#chunks.set(this.#next, { recipients, since, until });
    return this.#next;
  }

  /** A chunk is back; how many recipients it had. One that was lost before has none. */
  remove(chunk: number): number {
    const recipients = this.#chunks.get(chunk)?.recipients.length ?? 0;
    this.#chunks.delete(chunk);
    if (this.#chunks.size === 0) {
      for (const resolve of this.#waiters) resolve();
      this.#waiters = [];
    }
    return recipients;
  }

  /** How many recipients are out. */
  get size(): number {
    return [...this.#chunks.values()].reduce((sum, { recipients }) => sum + recipients.length, 0);
  }

  /** Since when the first of them is out, or `null` where none is. */
  get since(): number | null {
    const times = [...this.#chunks.values()].map(({ since }) => since);
    return times.length > 0 ? Math.min(...times) : null;
  }

  /** When the next chunk's time is over, or `null` where none is out. */
  nextUntil(): number | null {
    const times = [...this.#chunks.values()].map(({ until }) => until);
    return times.length > 0 ? Math.min(...times) : null;
  }

  /** Forgets the chunks whose time is over by `now`, and returns their recipients. */
  takeLost(now: number): readonly Candidate[] {
    const lost = [...this.#chunks].filter(([, { until }]) => until <= now);
    for (const [chunk] of lost) this.remove(chunk);
    return lost.flatMap(([, { recipients }]) => recipients);
  }

  /** Resolves as soon as nothing is out, or after `ms`. */
  async empty(ms: number): Promise<void> {
    if (this.#chunks.size === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiters.push(resolve);
    const late = setTimeout(resolve, ms);
    await promise;
    clearTimeout(late);
  }
}
