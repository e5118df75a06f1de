import { eq } from "drizzle-orm";
import { ask, type Database } from "./database.ts";
import { accountOfPerson, identityColumns, leadProfileOf, personOfLead } from "./lead-profile.ts";
import { leads } from "./leads.ts";
import { persons } from "./persons.ts";
import { webUsers } from "./web-users.ts";

/** Who a lead is, as the site is told. */
export interface LeadIdentity {
  readonly leadId: number;
  /** The name that the messenger knows them by. */
  readonly leadName: string;
  /** `null` as long as they are nobody but a chat. */
  readonly personId: number | null;
  /** The main system's id of the user; `null` for strangers, and for those who are barred. */
  readonly userId: string | null;
}

/** Who a lead of a bot is by now; `null` where there is none. */
export async function identityOf(db: Database, botId: string, leadId: number): Promise<LeadIdentity | null> {
  const [row] = await ask(
    db
      .select({ botId: leads.botId, ...identityColumns })
      .from(leads)
      .leftJoin(persons, personOfLead())
      .leftJoin(webUsers, accountOfPerson())
      .where(eq(leads.id, leadId)),
  );
  if (!row || row.botId !== botId) return null;
  const { firstName: leadName, personId } = row;
  return { leadId, leadName, personId, userId: leadProfileOf(row).person?.userId ?? null };
}
