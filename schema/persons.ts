import { integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/**
 * A human, made at sign-in or registration (requirement 41), or when a stranger asks for a link to the site. One person
 * may have several leads.
 */
export const persons = sqliteTable(
  "persons",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    botId: text().notNull(),
    firstName: text().notNull(),
    lastName: text().notNull().default(""),
    patronymic: text().notNull().default(""),
    /** The role that the main system gives them; it chooses their menu. Empty as long as that does not know them. */
    role: text().notNull(),
    kind: text({ enum: ["employee", "client"] })
      .notNull()
      .default("client"),
    email: text().notNull().default(""),
    /** E.164, or empty. */
    phone: text().notNull().default(""),
    organisation: text().notNull().default(""),
    address: text().notNull().default(""),
    country: text().notNull().default(""),
    region: text().notNull().default(""),
    city: text().notNull().default(""),
    comment: text().notNull().default(""),
    active: integer({ mode: "boolean" }).notNull().default(true),
    blocked: integer({ mode: "boolean" }).notNull().default(false),
    blockReason: text(),
    createdAt: integer({ mode: "timestamp_ms" }).notNull(),
    updatedAt: integer({ mode: "timestamp_ms" }).notNull(),
  },
  (t) => [uniqueIndex("persons_of_bot").on(t.botId, t.id)],
);
