import { or, sql } from "drizzle-orm";
import type { LeadNews, PersonChange } from "../contract/person-change.ts";
import { leadsOfUser, leadsSignedIn } from "./change-sql.ts";
import { ask, type Database } from "./database.ts";
import { chatColumns } from "./lead-profile.ts";
import { leads } from "./leads.ts";
import type { MadeChange } from "./person-change.ts";

/**
 * What conversations are to know after a change, of each lead that it found, and of those of the user by now: somebody
 * may have signed in between the look and the change. Chats that nobody is in any more are among them, since somebody
 * may come back; but a pause is not theirs.
 * @param isJustMade whether the change was made a moment ago, and not by an attempt before
 */
export async function newsOf(
  db: Database,
  botId: string,
  { change, found }: MadeChange,
  isJustMade: boolean,
): Promise<readonly LeadNews[]> {
  const wereFound = sql`${leads.id} IN (SELECT value FROM json_each(${JSON.stringify(found.leadIds)}))`;
  const isPause = change.kind === "pause" || change.kind === "resume";
  const areTheirs = (isPause ? leadsSignedIn : leadsOfUser)(botId, change.userId);
  const chats = await ask(db.select(chatColumns).from(leads).where(or(wereFound, areTheirs)));
  const news = { ...(isJustMade && pauseOf(change)), wasDeleted: change.kind === "delete" };
  return chats.map((chat) => ({ address: { botId, ...chat }, ...news }));
}

/**
 * The pause as the call said it. A conversation that keeps something else of its lead at this moment writes its own
 * pause over that of the call; it is to learn the call's.
 */
function pauseOf(change: PersonChange): Pick<LeadNews, "pausedUntil"> {
  if (change.kind === "pause") return { pausedUntil: change.until };
  return change.kind === "resume" ? { pausedUntil: null } : {};
}
