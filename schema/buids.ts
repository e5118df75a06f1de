import { eq, sql } from "drizzle-orm";
import type { Linked } from "../contract/linking.ts";
import type { LeadOfBot } from "../contract/ports.ts";
import { randomBase62 } from "../contract/random.ts";
import { ask, type Database, together } from "./database.ts";
import { endFormLinks } from "./end-links.ts";
import { leads } from "./leads.ts";
import { persons } from "./persons.ts";
import { BUID_LENGTH, webUsers } from "./web-users.ts";

/**
 * The BUID of whoever is in a lead's chat (requirement 44); made where there is none yet, and with it a person of a
 * stranger. Asked again, at the same time too, it is the same.
 * @param now milliseconds since 1970
 */
export async function openBuid(db: Database, { botId, leadId }: LeadOfBot, now: number): Promise<string> {
  const isNobody = sql`id = ${leadId} AND bot_id = ${botId} AND person_id IS NULL`;
  const nobodyIsOpen = sql`NOT EXISTS (SELECT 1 FROM web_users AS open
    WHERE open.person_id = leads.person_id AND open.unlinked_at IS NULL)`;
  await together(db, [
    sql`INSERT INTO persons (bot_id, first_name, last_name, role, created_at, updated_at)
      SELECT bot_id, first_name, last_name, '', ${now}, ${now} FROM leads WHERE ${isNobody}`,
    // Who they were before stays noted; that they moved is for those who are walking past everybody.
    sql`UPDATE leads SET person_id = last_insert_rowid(), moved_at = ${now} WHERE ${isNobody}`,
    sql`INSERT INTO web_users (bot_id, buid, person_id)
      SELECT bot_id, ${randomBase62(BUID_LENGTH)}, person_id FROM leads
      WHERE id = ${leadId} AND bot_id = ${botId} AND person_id IS NOT NULL AND ${nobodyIsOpen}`,
  ]);
  const [row] = await ask(
    db
      .select({ buid: webUsers.buid })
      .from(leads)
      .innerJoin(webUsers, sql`${webUsers.personId} = ${leads.personId} AND ${webUsers.unlinkedAt} IS NULL`)
      .where(eq(leads.id, leadId)),
  );
  if (!row) throw new Error("A lead that was just given a BUID has none");
  return row.buid;
}

/** Whoever stands behind a BUID now; `null` where it is nobody's, or nobody's any more. */
export async function ownerOfBuid(db: Database, botId: string, buid: string): Promise<Linked | null> {
  const { webUserId: userId } = webUsers;
  const isBarred = sql<number>`${persons.blocked} OR NOT ${persons.active}`;
  const [row] = await ask(
    db
      .select({ userId, isBarred })
      .from(webUsers)
      .innerJoin(persons, eq(persons.id, webUsers.personId))
      .where(
        sql`${webUsers.botId} = ${botId} AND ${webUsers.buid} = ${buid} AND ${webUsers.unlinkedAt} IS NULL`,
      ),
  );
  return row ? { userId: row.userId, isBarred: row.isBarred === 1 } : null;
}

/**
 * Ends a BUID that has no account, and the links without a PIN that were given out with it: whoever it was of gets
 * another one when they ask.
 * @param now milliseconds since 1970
 */
export async function closeBuid(db: Database, botId: string, buid: string, now: number): Promise<void> {
  const isIt = sql`bot_id = ${botId} AND buid = ${buid} AND unlinked_at IS NULL AND web_user_id IS NULL`;
  await together(db, [
    endFormLinks(sql`leads.person_id = (SELECT person_id FROM web_users WHERE ${isIt})`, now),
    sql`UPDATE web_users SET unlinked_at = ${now} WHERE ${isIt}`,
  ]);
}

/** The user whose BUID this was when their account was unlinked; `null` where it was nobody's, or still is somebody's. */
export async function formerUserOfBuid(db: Database, botId: string, buid: string): Promise<string | null> {
  const { webUserId: userId } = webUsers;
  const isTheirs = sql`${webUsers.botId} = ${botId} AND ${webUsers.buid} = ${buid} AND ${webUsers.unlinkedAt} IS NOT NULL`;
  const [row] = await ask(db.select({ userId }).from(webUsers).where(isTheirs));
  return row?.userId ?? null;
}
