import { sql } from "drizzle-orm";
import { ask, type Database } from "./database.ts";

/** Whether a lead's person has another lead. */
export async function hasOtherLead(db: Database, leadId: number): Promise<boolean> {
  const [row] = await ask(
    db.all(sql`SELECT 1 FROM leads JOIN leads AS other ON other.person_id = leads.person_id
      WHERE leads.id = ${leadId} AND other.id <> leads.id LIMIT 1`),
  );
  return row !== undefined;
}
