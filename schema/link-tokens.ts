import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/**
 * Links that are good by themselves, by the hashes of their tokens. `start`: from the site into the messenger, for one
 * chat. `form`: to a page of the site, without a PIN (requirement 53).
 */
export const linkTokens = sqliteTable(
  "link_tokens",
  {
    /** SHA-256 of the token, as hex. */
    hash: text().primaryKey(),
    botId: text().notNull(),
    kind: text({ enum: ["start", "form"] }).notNull(),
    /** Of `start`: the main system's id of the user it links. */
    webUserId: text(),
    /** Of `form`: whom it names. Of `start`: who has taken it. */
    leadId: integer(),
    /** Of `form`: the page that it opens. */
    path: text(),
    createdAt: integer({ mode: "timestamp_ms" }).notNull(),
    expiresAt: integer({ mode: "timestamp_ms" }).notNull(),
    /** When it died before its time: the account was unlinked, or the chat became somebody else's. */
    endedAt: integer({ mode: "timestamp_ms" }),
  },
  (t) => [
    index("link_tokens_by_age").on(t.expiresAt),
    index("link_tokens_of_user").on(t.botId, t.webUserId).where(sql`web_user_id IS NOT NULL`),
    index("link_tokens_of_lead").on(t.leadId).where(sql`lead_id IS NOT NULL`),
  ],
);
