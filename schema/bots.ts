import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
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
  createdAt: integer({ mode: "timestamp_ms" }).notNull(),
});
