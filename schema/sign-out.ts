import { eq, sql } from "drizzle-orm";
import { ask, type Database, together } from "./database.ts";
import { endFormLinks, endStartLinks } from "./end-links.ts";
import { leads } from "./leads.ts";
import { moveLeads, renewBuids } from "./move-lead.ts";

/**
 * Takes this person from the lead; with the person's last lead the account is unlinked, else it gets another BUID: what
 * was given out in this chat opens nothing any more. History stays. True where the person has no lead left, also when it
 * is asked again.
 * @param now milliseconds since 1970
 */
export async function signOut(db: Database, leadId: number, personId: number, now: number): Promise<boolean> {
  const isTheirs = sql`leads.id = ${leadId} AND leads.person_id = ${personId}`;
  const isOut = sql`person_id = ${personId} AND NOT EXISTS (SELECT 1 FROM leads WHERE leads.person_id = ${personId})`;
  await together(db, [
    endFormLinks(isTheirs, now),
    renewBuids(isTheirs),
    moveLeads(sql`NULL`, isTheirs, now),
    endStartLinks(isOut, now),
    sql`UPDATE web_users SET unlinked_at = ${now} WHERE unlinked_at IS NULL AND ${isOut}`,
  ]);
  const [left] = await ask(
    db.select({ id: leads.id }).from(leads).where(eq(leads.personId, personId)).limit(1),
  );
  return left === undefined;
}
