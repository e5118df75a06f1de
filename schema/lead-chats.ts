import { asc, type SQL, sql } from "drizzle-orm";
import type { ChatAddress } from "../contract/lead.ts";
import { ask, type Database } from "./database.ts";
import { leads } from "./leads.ts";

/** Up to `limit` chats of a bot's leads after the lead numbered `after` (0 for the first), in order; those with nobody in them are left out. */
export async function leadChats(
  db: Database,
  botId: string,
  after: number,
  limit: number,
): Promise<readonly { readonly leadId: number; readonly address: ChatAddress }[]> {
  const { id, channel, externalId } = leads;
  const rows = await ask(
    db
      .select({ leadId: id, channel, externalId })
      .from(leads)
      .where(leadsAfter(botId, after))
      .orderBy(asc(id))
      .limit(limit),
  );
  return rows.map(({ leadId, ...chat }) => ({ leadId, address: { botId, ...chat } }));
}

/**
 * A bot's leads after the one numbered `after` that somebody is in; as a condition on `leads`. The plus keeps SQLite from
 * the index of a bot's leads, in which they are out of order: each page would sort them all.
 */
export function leadsAfter(botId: string, after: number): SQL {
  return sql`+${leads.botId} = ${botId} AND ${leads.id} > ${after} AND ${leads.status} <> 'deleted'`;
}
