import { sql } from "drizzle-orm";
import type { LeadProfile, PersonProfile } from "../contract/lead.ts";
import type { PersonChange, PersonFields } from "../contract/person-change.ts";
import { ask, type Database } from "./database.ts";
import { personOfUser } from "./person-of-user.ts";
import { persons } from "./persons.ts";

/** A lead of a user as it will be once a change is made; nothing is written. */
export async function leadAfter(
  db: Database,
  botId: string,
  change: PersonChange,
  lead: LeadProfile,
): Promise<LeadProfile> {
  const { userId } = change;
  if ((lead.person ?? lead.barred)?.userId !== userId) return lead;
  switch (change.kind) {
    case "connect":
      return lead;
    case "update":
      return { ...lead, person: lead.person && updated(lead.person, change.fields) };
    case "block":
      return { ...lead, person: null, barred: { userId, reason: change.reason } };
    case "unblock":
      return { ...lead, person: await personBehind(db, botId, userId), barred: null };
    case "disconnect":
    case "delete":
      return { ...lead, person: null, barred: null };
    case "pause":
      return { ...lead, pausedUntil: change.until };
    case "resume":
      return { ...lead, pausedUntil: null };
  }
}

function updated(
  person: PersonProfile,
  { firstName = person.firstName, role = person.role }: PersonFields,
): PersonProfile {
  return { ...person, firstName, role };
}

/** The person who is this user, also while they are barred. */
async function personBehind(db: Database, botId: string, userId: string): Promise<PersonProfile | null> {
  const { id: personId, firstName, role } = persons;
  const isTheirs = sql`${personId} = ${personOfUser(botId, userId)}`;
  const [row] = await ask(db.select({ personId, firstName, role }).from(persons).where(isTheirs));
  return row ? { ...row, userId } : null;
}
