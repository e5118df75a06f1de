/** How fast one chat may be written to: in the long run, and at once. */
interface ChatLimit {
  readonly perSecond: number;
  readonly burst: number;
}

/**
 * Keeps one chat's messages within what the messenger allows for it. In memory alone: a chat that was left long enough
 * for its conversation to be evicted has rested.
 */
export class ChatPace {
  #tokens: number | null = null;
  #at = 0;

  /** Takes the right to send one message now: 0, or the milliseconds to wait. */
  take({ perSecond, burst }: ChatLimit, now: number): number {
    const tokens = Math.min(
      burst,
      (this.#tokens ?? burst) + (Math.max(0, now - this.#at) / 1000) * perSecond,
    );
    if (tokens < 1) return Math.ceil(((1 - tokens) / perSecond) * 1000);
    this.#tokens = tokens - 1;
    this.#at = now;
    return 0;
  }

  /** Gives back what was not used. */
  giveBack(): void {
    if (this.#tokens !== null) this.#tokens += 1;
  }

  /**
   * Whether this chat had several messages just now. The messenger does not say whose limit was reached when it asks
   * to slow down; where this chat was written to but once, it is the whole bot's.
   */
  isBusy({ burst }: ChatLimit): boolean {
    return this.#tokens !== null && this.#tokens < burst - 1;
  }
}
