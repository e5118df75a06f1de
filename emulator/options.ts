import type { Limits } from "./traffic/send-limiter.ts";

/** A bot the emulator plays Telegram for. */
export interface BotOptions {
  readonly id: number;
  readonly token: string;
  readonly username: string;
  readonly first_name: string;
}

/** What `startEmulator` takes. */
export interface EmulatorOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Address to listen on; this machine only unless told otherwise, for the control side asks no password. */
  readonly host?: string;
  /** SQLite file that chats survive in; without it everything is forgotten at the end. */
  readonly file?: string;
  /** Defaults to `DEMO_BOT` alone. */
  readonly bots?: readonly BotOptions[];
  /** Send limits, merged over `TELEGRAM_LIMITS`; `null` is no limit. */
  readonly limits?: Partial<Limits>;
  /** Gets one line for every thing worth telling a developer; silent by default. */
  readonly log?: (line: string) => void;
  /** The clock, in ms since 1970. */
  readonly now?: () => number;
  /** How long a webhook's queue waits after that many failures in a row, in ms (see `webhookWait`). */
  readonly webhookWait?: (failures: number) => number;
  /** How long a callback query may be answered, in ms; Telegram's is 150 s. */
  readonly callbackLifetime?: number;
}

/** The bot of the local world. */
export const DEMO_BOT: BotOptions = {
  id: 100001,
  token: "100001:DEMO",
  username: "beseda_demo_bot",
  first_name: "Beseda",
};

/** Bot API: a callback query cannot be answered later than this, in ms. */
export const CALLBACK_LIFETIME = 150_000;
