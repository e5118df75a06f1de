import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { persons } from "./persons.ts";

/** Length of a BUID: 95 bits of chance (requirement 44). */
export const BUID_LENGTH = 16;

/**
 * Which person is which user of the main system (requirement 43). A row is open until `unlinked_at`, and never deleted:
 * those that are not open are the history. The seeds' `pin` is not here: a PIN never lies in the database.
 */
export const webUsers = sqliteTable(
  "web_users",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    botId: text().notNull(),
    /** Hash id of the person: 16 characters of base62 (requirement 44). */
    buid: text().notNull(),
    personId: integer().notNull(),
    /** The main system's id of the user; absent where the person has a BUID, and no account yet. */
    webUserId: text(),
    linkedAt: integer({ mode: "timestamp_ms" }),
    unlinkedAt: integer({ mode: "timestamp_ms" }),
  },
  (t) => [
    uniqueIndex("web_users_by_buid").on(t.buid),
    // One user is one person and one person is one user, as long as they are linked.
    uniqueIndex("web_users_by_user").on(t.botId, t.webUserId).where(sql`unlinked_at IS NULL`),
    uniqueIndex("web_users_by_person").on(t.personId).where(sql`unlinked_at IS NULL`),
    index("web_users_history").on(t.personId),
    index("web_users_of_user").on(t.botId, t.webUserId),
    check("web_users_linked", sql`(web_user_id IS NULL) = (linked_at IS NULL)`),
    // A person's accounts are accounts of the person's own bot.
    foreignKey({ columns: [t.botId, t.personId], foreignColumns: [persons.botId, persons.id] }),
  ],
);
