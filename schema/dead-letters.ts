import { type SQL, sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Of a letter that waits for somebody. SQLite takes the indexes of them only where a query says these very words. */
export const isWaiting = (): SQL => sql`redriven_at IS NULL AND dismissed_at IS NULL`;

/** What could not be done and was put aside, until it is done again or too old. */
export const deadLetters = sqliteTable(
  "dead_letters",
  {
    /** A hash of what it is about, so that it lies here once however often it fails. */
    id: text().primaryKey(),
    /** Absent where a queue's message doesn't say whose it is. */
    botId: text(),
    kind: text({ enum: ["delivery", "message"] }).notNull(),
    /** Of a delivery. */
    callId: text(),
    seq: integer(),
    /** Of a queue's message. */
    queue: text(),
    body: text({ mode: "json" }).$type<unknown>(),
    /** A stable word. */
    reason: text().notNull(),
    /** The error's code and what it says. */
    cause: text(),
    createdAt: integer({ mode: "timestamp_ms" }).notNull(),
    redrivenAt: integer({ mode: "timestamp_ms" }),
    /** When somebody put it away: nothing is to be done about it. */
    dismissedAt: integer({ mode: "timestamp_ms" }),
  },
  (t) => [
    index("dead_letters_by_bot").on(t.botId, t.createdAt, t.id),
    index("dead_letters_waiting").on(t.botId).where(isWaiting()),
    index("dead_letters_of_call").on(t.callId).where(isWaiting()),
  ],
);
