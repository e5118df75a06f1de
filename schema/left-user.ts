import { sql } from "drizzle-orm";
import { ask, type Database } from "./database.ts";

/**
 * The user whose last chat a lead was before it became somebody else's: their account is unlinked by now. `null` where
 * there was none, or they have another chat.
 */
export async function userLeftBy(db: Database, leadId: number): Promise<string | null> {
  const isLinkedAgain = sql`EXISTS (SELECT 1 FROM web_users AS open WHERE open.bot_id = account.bot_id
    AND open.web_user_id = account.web_user_id AND open.unlinked_at IS NULL)`;
  const [row] = await ask(
    db.all<{ userId: string }>(sql`SELECT account.web_user_id AS "userId"
      FROM leads JOIN web_users AS account ON account.person_id = leads.moved_from
      WHERE leads.id = ${leadId} AND leads.moved_from <> leads.person_id AND account.web_user_id IS NOT NULL
        AND account.unlinked_at = leads.moved_at AND NOT ${isLinkedAgain}
      ORDER BY account.id DESC LIMIT 1`),
  );
  return row?.userId ?? null;
}
