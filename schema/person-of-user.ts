import { type SQL, sql } from "drizzle-orm";

/**
 * Id of the person who is a user of the main system, or was the last to be: then only where they are nobody else by
 * now. An expression, NULL where there is none.
 */
export function personOfUser(botId: string, userId: string): SQL<number | null> {
  return sql`(SELECT link.person_id FROM web_users AS link
    WHERE link.bot_id = ${botId} AND link.web_user_id = ${userId} AND (link.unlinked_at IS NULL OR NOT EXISTS (
      SELECT 1 FROM web_users AS other
      WHERE other.person_id = link.person_id AND other.unlinked_at IS NULL AND other.web_user_id IS NOT NULL))
    ORDER BY link.unlinked_at IS NULL DESC, link.id DESC LIMIT 1)`;
}

/** Id of the person who is a user of the main system now. An expression, NULL where nobody is. */
export function personLinkedTo(botId: string, userId: string): SQL<number | null> {
  return sql`(SELECT link.person_id FROM web_users AS link
    WHERE link.bot_id = ${botId} AND link.web_user_id = ${userId} AND link.unlinked_at IS NULL)`;
}

/** Whether nobody who has an account is in a lead's chat; as a condition on `leads`. */
export function isStranger(): SQL {
  return sql`(leads.person_id IS NULL OR NOT EXISTS (SELECT 1 FROM web_users AS account
    WHERE account.person_id = leads.person_id AND account.unlinked_at IS NULL AND account.web_user_id IS NOT NULL))`;
}
