/** A clock that stands still until a test moves it. */
export class Clock {
  #now = Date.UTC(2026, 0, 1, 9);

  /** Milliseconds since 1970. */
  now = (): number => this.#now;

  /** Moves on by so many milliseconds. */
  move(ms: number): void {
    this.#now += ms;
  }
}
