import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { CHANNELS, LEAD_STATUSES, type Variables } from "../contract/lead.ts";
import { LANGUAGES } from "../contract/words.ts";

/** A subscriber in one messenger, made at their first message (requirement 41). */
export const leads = sqliteTable(
  "leads",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    botId: text().notNull(),
    channel: text({ enum: CHANNELS }).notNull(),
    /** The messenger's own id of the chat. */
    externalId: text().notNull(),
    firstName: text().notNull(),
    lastName: text().notNull().default(""),
    username: text().notNull().default(""),
    /** Who they are, once signed in. */
    personId: integer(),
    language: text({ enum: LANGUAGES }).notNull(),
    status: text({ enum: LEAD_STATUSES }).notNull().default("active"),
    tags: text({ mode: "json" }).$type<readonly string[]>().notNull().default(sql`'[]'`),
    variables: text({ mode: "json" }).$type<Variables>().notNull().default(sql`'{}'`),
    manager: text(),
    /** Whether the chat is handed over to an operator. */
    withOperator: integer({ mode: "boolean" }).notNull().default(false),
    pausedUntil: integer({ mode: "timestamp_ms" }),
    createdAt: integer({ mode: "timestamp_ms" }).notNull(),
    lastActivityAt: integer({ mode: "timestamp_ms" }).notNull(),
    /** When they last became another person, by signing in or out: a walk past everybody may miss them, or meet them twice. */
    movedAt: integer({ mode: "timestamp_ms" }),
    /** The person they were before that. */
    movedFrom: integer(),
  },
  (t) => [
    uniqueIndex("leads_by_chat").on(t.botId, t.channel, t.externalId),
    index("leads_by_person").on(t.personId),
    index("leads_by_former_person").on(t.movedFrom).where(sql`moved_from IS NOT NULL`),
    index("leads_by_move").on(t.movedAt).where(sql`moved_at IS NOT NULL`),
  ],
);
