import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** A call that was accepted: one communication with its audience. */
export const calls = sqliteTable(
  "calls",
  {
    id: text().primaryKey(),
    botId: text().notNull(),
    alias: text().notNull(),
    /** The token it came with. */
    tokenId: text().notNull(),
    /** What `prepare` returned: what the steps need, fetched once a call (requirement 33). */
    data: text().notNull(),
    /** The counts that the call was answered with, as JSON text. */
    recipients: text().notNull(),
    createdAt: integer({ mode: "timestamp_ms" }).notNull(),
    /** When the last recipient had an outcome. */
    finishedAt: integer({ mode: "timestamp_ms" }),
  },
  (t) => [
    index("calls_by_bot").on(t.botId, t.createdAt),
    index("calls_unfinished").on(t.createdAt).where(sql`finished_at IS NULL`),
  ],
);
