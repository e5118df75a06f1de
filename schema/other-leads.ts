import { sql } from "drizzle-orm";
import { ask, type Database } from "./database.ts";

/** Most chats of one user that are told of something that concerns them all. */
const MOST = 20;

/** The other leads of a lead's person. */
export async function otherLeads(db: Database, leadId: number): Promise<readonly number[]> {
  const rows = await ask(
    db.all<{
      id: number;
    }>(sql`SELECT other.id FROM leads JOIN leads AS other ON other.person_id = leads.person_id
      WHERE leads.id = ${leadId} AND other.id <> leads.id ORDER BY other.id LIMIT ${MOST}`),
  );
  return rows.map(({ id }) => id);
}
