import { type SQL, sql } from "drizzle-orm";

/**
 * A statement that ends the links without a PIN that were given out in the chats of some leads.
 * @param which a condition on `leads`
 * @param now milliseconds since 1970
 */
export function endFormLinks(which: SQL, now: number): SQL {
  return sql`UPDATE link_tokens SET ended_at = ${now}
    WHERE kind = 'form' AND ended_at IS NULL AND lead_id IN (SELECT leads.id FROM leads WHERE ${which})`;
}

/**
 * A statement that ends the links from the site into the messenger of some users; what they have linked stays.
 * @param accounts a condition on `web_users`, whose open rows are those users
 * @param now milliseconds since 1970
 */
export function endStartLinks(accounts: SQL, now: number): SQL {
  // Said of the user, too, so that SQLite finds them by their index and does not read every link.
  return sql`UPDATE link_tokens SET ended_at = ${now}
    WHERE kind = 'start' AND ended_at IS NULL AND web_user_id IS NOT NULL AND (bot_id, web_user_id) IN (
      SELECT bot_id, web_user_id FROM web_users WHERE unlinked_at IS NULL AND ${accounts})`;
}
