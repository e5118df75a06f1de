import type { PhoneLine } from "./phone-line.ts";
import type { Store } from "./store/store.ts";
import type { Faults } from "./traffic/faults.ts";
import type { SendLimiter } from "./traffic/send-limiter.ts";
import type { Stats } from "./traffic/stats.ts";
import type { Outbox } from "./updates/outbox.ts";

/** All that one emulator consists of; both of its sides, the bots' and the people's, act on it. */
export interface World {
  readonly store: Store;
  readonly phones: PhoneLine;
  readonly outbox: Outbox;
  readonly limiter: SendLimiter;
  readonly faults: Faults;
  readonly stats: Stats;
  /** Ms since 1970. */
  readonly now: () => number;
  /** How long a callback query may be answered, ms. */
  readonly callbackLifetime: number;
  readonly log: (line: string) => void;
  /** Aborted when the emulator ends: whatever waits, waits no longer. */
  readonly closing: AbortSignal;
}

/** The clock as Telegram shows it: seconds since 1970. */
export function seconds(world: Pick<World, "now">): number {
  return Math.floor(world.now() / 1000);
}
