import { sql } from "drizzle-orm";
import { ask, type Database } from "./database.ts";

/**
 * The user of the main system that a person, or the person in a lead's chat, is linked to; also one who is blocked.
 * `null` where there is none.
 */
export async function accountOf(
  db: Database,
  botId: string,
  of: { readonly personId: number } | { readonly leadId: number },
): Promise<string | null> {
  const personId =
    "personId" in of ? sql`${of.personId}` : sql`(SELECT person_id FROM leads WHERE id = ${of.leadId})`;
  const [row] = await ask(
    db.all<{ userId: string }>(sql`SELECT web_user_id AS "userId" FROM web_users
      WHERE person_id = ${personId} AND bot_id = ${botId} AND unlinked_at IS NULL AND web_user_id IS NOT NULL`),
  );
  return row?.userId ?? null;
}
