import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Calls made with an `Idempotency-Key`, per token and bot: what was asked, and what was answered. */
export const idempotencyKeys = sqliteTable(
  "idempotency_keys",
  {
    tokenId: text().notNull(),
    botId: text().notNull(),
    key: text().notNull(),
    /** SHA-256 of alias and body. */
    bodyHash: text().notNull(),
    /** The id that the call has, whoever finishes it: accepting it twice is accepting it once. */
    callId: text().notNull(),
    /** The answer as JSON text; absent while the call runs. */
    answer: text(),
    createdAt: integer({ mode: "timestamp_ms" }).notNull(),
    /** Since when the present attempt runs: one that was cut short is taken over. */
    runningSince: integer({ mode: "timestamp_ms" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tokenId, t.botId, t.key] }),
    index("idempotency_keys_by_age").on(t.createdAt),
  ],
);
