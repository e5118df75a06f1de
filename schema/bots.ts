import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { MESSAGES_PER_SECOND, RETENTION_DAYS } from "../contract/defaults.ts";
import { SMS_GATEWAYS } from "../contract/sms.ts";
import { LANGUAGES } from "../contract/words.ts";

/** A bot and its settings; secrets are sealed (AES-GCM) under the Worker secret `SEALING_KEY`. */
export const bots = sqliteTable("bots", {
  id: text().primaryKey(),
  name: text().notNull(),
  /** The bot's name in the messenger, without "@". */
  username: text().notNull(),
  /** Language of API messages, and of people whose messenger tells none. */
  locale: text({ enum: LANGUAGES }).notNull().default("ru"),
  /** IANA time zone. */
  timeZone: text().notNull().default("Europe/Moscow"),
  /** Address of the site that people are sent to. */
  siteUrl: text().notNull(),
  /** Sealed token of the messenger. */
  channelToken: text().notNull(),
  /** Root of the main system's API, without a slash at its end. */
  systemUrl: text().notNull(),
  /** Sealed token of the main system's API. */
  systemToken: text().notNull(),
  /** Most messages a second to everyone together. */
  perSecond: integer().notNull().default(MESSAGES_PER_SECOND),
  /** Whether the bot pays for sending faster than 30 a second. */
  paidBroadcast: integer({ mode: "boolean" }).notNull().default(false),
  /** Most messages of calls that aren't critical to one person a day; absent is no limit. */
  perPersonDaily: integer(),
  /** When the hours begin in which only what is critical is said, "22:00" in `timeZone`; absent where there are none. */
  quietFrom: text(),
  /** When they end, "08:00". */
  quietUntil: text(),
  /** What brings codes to phones; absent where nobody signs in by SMS. */
  smsGateway: text({ enum: SMS_GATEWAYS }),
  /** Its credentials as JSON, sealed. */
  smsCredentials: text(),
  /** How long calls that ended are kept, with their ledger, and dead letters. */
  retentionDays: integer().notNull().default(RETENTION_DAYS),
  createdAt: integer({ mode: "timestamp_ms" }).notNull(),
});
