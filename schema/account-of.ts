import { sql } from "drizzle-orm";
import { ask, type Database } from "./database.ts";
import { personOfUser } from "./person-of-user.ts";

/** A person, or whoever is in a lead's chat. */
type Whose = { readonly personId: number } | { readonly leadId: number };

/**
 * The user of the main system that a person, or the person in a lead's chat, is linked to; also one who is blocked.
 * `null` where there is none.
 */
export async function accountOf(db: Database, botId: string, of: Whose): Promise<string | null> {
  const personId =
    "personId" in of ? sql`${of.personId}` : sql`(SELECT person_id FROM leads WHERE id = ${of.leadId})`;
  const [row] = await ask(
    db.all<{ userId: string }>(sql`SELECT web_user_id AS "userId" FROM web_users
      WHERE person_id = ${personId} AND bot_id = ${botId} AND unlinked_at IS NULL AND web_user_id IS NOT NULL`),
  );
  return row?.userId ?? null;
}

/** The user that a person, or whoever was in a lead's chat before, was linked to last. `null` where there was none. */
export async function formerAccountOf(db: Database, botId: string, of: Whose): Promise<string | null> {
  const personId =
    "personId" in of ? sql`${of.personId}` : sql`(SELECT moved_from FROM leads WHERE id = ${of.leadId})`;
  const [row] = await ask(
    db.all<{ userId: string }>(sql`SELECT web_user_id AS "userId" FROM web_users
      WHERE person_id = ${personId} AND bot_id = ${botId} AND unlinked_at IS NOT NULL AND web_user_id IS NOT NULL
      ORDER BY id DESC LIMIT 1`),
  );
  return row?.userId ?? null;
}

/** Whether the person who is this user, or was the last to be, is blocked. */
export async function isBlockedUser(db: Database, botId: string, userId: string): Promise<boolean> {
  const isTheirs = sql`id = ${personOfUser(botId, userId)}`;
  const [row] = await ask(db.all(sql`SELECT 1 FROM persons WHERE ${isTheirs} AND blocked`));
  return row !== undefined;
}
