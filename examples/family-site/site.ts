import type { BotAddress } from "./bot/call.ts";
import type { Clock } from "./clock.ts";
import type { Database } from "./data/database.ts";

/** Everything that a page or an API route needs, put together once in `server.ts`. */
export interface Site {
  readonly db: Database;
  readonly clock: Clock;
  /** Where the bot's API stands, for questions whose answer a page waits for. */
  readonly bot: BotAddress;
  /** The bearer token that the bot shows at `/api`. */
  readonly apiToken: string;
  /** Where the family finds the bot; printed on the family page. */
  readonly botLink: string;
  /** The link that opens a chat with the bot; with `?start=…` it says what for. */
  readonly botStartLink: string;
  /** This site as others reach it, without a slash at the end; known once the port is. */
  publicUrl(): string;
  /** Makes the outbox look for something to send; safe to call inside a transaction and too often. */
  wakeOutbox(): void;
  log(message: string, details?: unknown): void;
}
