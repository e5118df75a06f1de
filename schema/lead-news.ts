import { or, sql } from "drizzle-orm";
import type { LeadProfile } from "../contract/lead.ts";
import type { LeadNews, PersonChange } from "../contract/person-change.ts";
import { leadsOfUser } from "./change-sql.ts";
import type { Database } from "./database.ts";
import { leadsWhere } from "./lead-profile.ts";
import { leads } from "./leads.ts";
import type { MadeChange } from "./person-change.ts";

/**
 * What conversations are to know after a change, of each lead that it found, and of those of the user by now: somebody
 * may have signed in between the look and the change. Chats that nobody is in any more are among them, since somebody
 * may come back.
 * @param isJustMade whether the change was made a moment ago, and not by an attempt before
 */
export async function newsOf(
  db: Database,
  botId: string,
  { change, found }: MadeChange,
  isJustMade: boolean,
): Promise<readonly LeadNews[]> {
  const wereFound = sql`${leads.id} IN (SELECT value FROM json_each(${JSON.stringify(found.leadIds)}))`;
  const there = await leadsWhere(db, or(wereFound, leadsOfUser(botId, change.userId)));
  return there.map(({ channel, externalId, lead }) => ({
    address: { botId, channel, externalId },
    lead: isJustMade ? paused(lead, change) : lead,
    wasDeleted: change.kind === "delete" && lead.person === null && lead.barred === null,
  }));
}

/**
 * A lead whose pause is as the call said. A conversation that keeps something else of its lead at this moment writes its
 * own pause over that of the call; it is to learn the call's.
 */
function paused(lead: LeadProfile, change: PersonChange): LeadProfile {
  if (change.kind === "pause") return { ...lead, pausedUntil: change.until };
  return change.kind === "resume" ? { ...lead, pausedUntil: null } : lead;
}
