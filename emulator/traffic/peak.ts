/** The most events that ever fell into one second, sliding. */
export class Peak {
  most = 0;
  #recent: number[] = [];

  /** Counts one event at `now` (ms). */
  count(now: number): void {
    this.#recent.push(now);
    const first = this.#recent.findIndex((at) => at > now - 1000);
    if (first > 0) this.#recent.splice(0, first);
    this.most = Math.max(this.most, this.#recent.length);
  }
}
