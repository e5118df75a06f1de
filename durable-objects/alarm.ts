/**
 * An alarm that should have rung this long ago is taken for lost. The platform promises that each rings; some were seen
 * not to (github.com/cloudflare/cloudflare-docs/issues/18324), and a lost one reads as set for ever. Set once more in
 * vain it costs a row, not set it costs the call.
 */
const LOST_MS = 5_000;

/** The platform takes no alarm after 2189. */
const LATEST = Date.UTC(2189, 0);

/** Of an object's storage, what its alarm needs; times are milliseconds since 1970. */
export interface AlarmStorage {
  getAlarm(): Promise<number | null>;
  setAlarm(time: number): Promise<void>;
}

/** The one alarm of an object. */
export class Alarm {
  readonly #storage: AlarmStorage;
  readonly #now: () => number;
  /** What this process set it to; `null` where it did not, or it has rung since. */
  #at: number | null = null;

  /** @param now milliseconds since 1970 */
  constructor(storage: AlarmStorage, now: () => number) {
    this.#storage = storage;
    this.#now = now;
  }

  /**
   * Makes sure that it rings at `wanted` (milliseconds since 1970) at the latest, or right away.
   *
   * Never at the millisecond it is now: an alarm that is set, while it rings, to the very time for which it rang, is no
   * change to the runtime (workerd's actor-sqlite.c++), which then drops it when the handler ends.
   */
  async wakeBy(wanted: number): Promise<void> {
    const time = Math.min(Math.max(wanted, this.#now() + 1), LATEST);
    if (this.#rings(this.#at, time)) return;
    const known = this.#at === null ? await this.#storage.getAlarm() : null;
    // Somebody may have set it while this waited.
    if (this.#rings(known, time) || this.#rings(this.#at, time)) return;
    // Before it is set: whoever asks meanwhile for a later time must not set that over it.
    this.#at = time;
    await this.#storage.setAlarm(time).catch((error: unknown) => {
      this.#at = null;
      throw error;
    });
  }

  /** Whether it is set, and not lost. */
  async isSet(): Promise<boolean> {
    return this.#rings(this.#at ?? (await this.#storage.getAlarm()), Number.POSITIVE_INFINITY);
  }

  /** It has rung, or was deleted together with all that its object kept. */
  cleared(): void {
    this.#at = null;
  }

  #rings(at: number | null, by: number): boolean {
    return at !== null && at <= by && at > this.#now() - LOST_MS;
  }
}
