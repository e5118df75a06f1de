import { and, asc, eq, gt, ne } from "drizzle-orm";
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
      .where(and(eq(leads.botId, botId), gt(id, after), ne(leads.status, "deleted")))
      .orderBy(asc(id))
      .limit(limit),
  );
  return rows.map(({ leadId, ...chat }) => ({ leadId, address: { botId, ...chat } }));
}
