import type { Clock } from "./clock.ts";
import type { Database } from "./data/database.ts";

/** Everything that a page or an API route needs, put together once in `server.ts`. */
export interface Site {
  readonly db: Database;
  readonly clock: Clock;
  /** The bearer token that the bot shows at `/api`. */
  readonly apiToken: string;
  /** Where the family finds the bot; printed on the family page. */
  readonly botLink: string;
  /** This site as others reach it, without a slash at the end; known once the port is. */
  publicUrl(): string;
  /** Makes the outbox look for something to send; safe to call inside a transaction and too often. */
  wakeOutbox(): void;
  log(message: string, details?: unknown): void;
}
