import { type SQL, sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { CALL_STATES, LEADS_TOLD } from "../contract/call.ts";
import type { FoundChange } from "../contract/person-change.ts";
import type { Rule } from "../contract/rule.ts";

/** Of a call that has an end to come and is not held. SQLite takes the index of them only where a query says these very words. */
export const isUnfinished = (): SQL => sql`state IN ('scheduled', 'resolving', 'running')`;

/** Of a call that is held until it is resumed. As `isUnfinished`, the words of an index. */
export const isHeld = (): SQL => sql`state = 'paused'`;

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
    /** How many recipients were where when all were known, as JSON text; `null` (in JSON) until then. */
    recipients: text().notNull(),
    createdAt: integer({ mode: "timestamp_ms" }).notNull(),
    /** When the last recipient had an outcome, or the call was cancelled. */
    finishedAt: integer({ mode: "timestamp_ms" }),
    state: text({ enum: CALL_STATES }).notNull().default("running"),
    /** Whether it goes before others, and to those who want quiet. */
    critical: integer({ mode: "boolean" }).notNull().default(false),
    /** When to begin; absent is at once. */
    sendAt: integer({ mode: "timestamp_ms" }),
    /** After this nobody is told any more. */
    expiresAt: integer({ mode: "timestamp_ms" }),
    /** Whom it tells, where that is a rule. */
    rule: text({ mode: "json" }).$type<Rule>(),
    /** Which leads of a person are told. */
    leadsTold: text({ enum: LEADS_TOLD }).notNull().default("recent"),
    /** How far the walk of its audience by rule is, as JSON text; absent where there is nothing to walk. */
    walk: text(),
    /** When its first recipients could be told. */
    startedAt: integer({ mode: "timestamp_ms" }),
    /** Of a call that changed a user: what that came to when it was made. */
    found: text({ mode: "json" }).$type<FoundChange>(),
  },
  (t) => [
    index("calls_by_bot").on(t.botId, t.createdAt),
    index("calls_unfinished").on(t.sendAt, t.createdAt).where(isUnfinished()),
    index("calls_held").on(t.botId).where(isHeld()),
  ],
);
