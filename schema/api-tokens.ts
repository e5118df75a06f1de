import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { CALLS_PER_MINUTE } from "../contract/defaults.ts";
import { sha256 } from "../contract/digest.ts";

/** A token of the API, by its hash alone: the token itself is shown once, when it is made. */
export const apiTokens = sqliteTable("api_tokens", {
  id: text().primaryKey(),
  name: text().notNull(),
  /** SHA-256 of the token, as hex. */
  hash: text().notNull().unique("api_tokens_by_hash"),
  /** Ids of the bots it is good for. */
  bots: text({ mode: "json" }).$type<readonly string[]>().notNull(),
  /** Patterns of the aliases it may call: `post/*`, `*`. */
  aliases: text({ mode: "json" }).$type<readonly string[]>().notNull(),
  createdAt: integer({ mode: "timestamp_ms" }).notNull(),
  expiresAt: integer({ mode: "timestamp_ms" }),
  lastUsedAt: integer({ mode: "timestamp_ms" }),
  revokedAt: integer({ mode: "timestamp_ms" }),
  /** Most calls a minute, great ones counted as several; absent is no limit. */
  callsPerMinute: integer().default(CALLS_PER_MINUTE),
  /** The minute that is being counted (minutes since 1970), and the calls in it so far. */
  minute: integer().notNull().default(0),
  callsInMinute: integer().notNull().default(0),
  /** The hour that wrong PINs are being counted of (hours since 1970), and those in it so far. */
  hour: integer().notNull().default(0),
  wrongPinsInHour: integer().notNull().default(0),
});

/** A token as the API checks it. */
export type ApiToken = typeof apiTokens.$inferSelect;

const TOKEN_BYTES = 32;

/** Makes a token: `bsd_` and 32 random bytes as base64url, with the hash that is kept of it. */
export async function newToken(): Promise<{ token: string; hash: string }> {
  const bytes = crypto.getRandomValues(new Uint8Array(TOKEN_BYTES));
  const letters = btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
  const token = `bsd_${letters}`;
  return { token, hash: await sha256(token) };
}
