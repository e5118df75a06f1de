import { or, sql } from "drizzle-orm";
import type { LeadNews } from "../contract/person-change.ts";
import { leadsOfUser, leadsSignedIn } from "./change-sql.ts";
import { ask, type Database } from "./database.ts";
import { chatColumns } from "./lead-profile.ts";
import { leads } from "./leads.ts";
import type { MadeChange } from "./person-change.ts";

/**
 * What conversations are to know after a change, of each lead that it found, and of those of the user by now: somebody
 * may have signed in between the look and the change. Chats that nobody is in any more are among them, since somebody
 * may come back; but a pause is not theirs.
 */
export async function newsOf(
  db: Database,
  botId: string,
  { change, found }: MadeChange,
): Promise<readonly LeadNews[]> {
  const wereFound = sql`${leads.id} IN (SELECT value FROM json_each(${JSON.stringify(found.leadIds)}))`;
  const isPause = change.kind === "pause" || change.kind === "resume";
  const areTheirs = (isPause ? leadsSignedIn : leadsOfUser)(botId, change.userId);
  const chats = await ask(db.select(chatColumns).from(leads).where(or(wereFound, areTheirs)));
  const wasDeleted = change.kind === "delete";
  return chats.map((chat) => ({ address: { botId, ...chat }, wasDeleted }));
}

/** The same of leads that were changed otherwise, by their ids. */
export async function newsOfLeads(
  db: Database,
  botId: string,
  leadIds: readonly number[],
): Promise<readonly LeadNews[]> {
  const which = sql`${leads.id} IN (SELECT value FROM json_each(${JSON.stringify(leadIds)}))`;
  const chats = await ask(db.select(chatColumns).from(leads).where(which));
  return chats.map((chat) => ({ address: { botId, ...chat }, wasDeleted: false }));
}
