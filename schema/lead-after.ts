import { sql } from "drizzle-orm";
import type { LeadProfile, PersonProfile } from "../contract/lead.ts";
import type { PersonChange, PersonFields } from "../contract/person-change.ts";
import { ask, type Database } from "./database.ts";
import { barredAs } from "./lead-profile.ts";
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
      return afterUpdate(db, botId, change, lead);
    case "block":
      return {
        ...strangerIn(lead),
        barred: { userId, why: "blocked", reason: change.reason },
      };
    case "unblock":
      return { ...lead, ...(await behind(db, botId, userId, { isBlocked: false })) };
    case "disconnect":
    case "delete":
      return strangerIn(lead);
    case "pause":
      return { ...lead, pausedUntil: change.until };
    case "resume":
      return { ...lead, pausedUntil: null };
  }
}

/** A chat that nobody is signed in to any more, and no operator speaks in. */
function strangerIn(lead: LeadProfile): LeadProfile {
  return { ...lead, person: null, barred: null, withOperator: false };
}

/** Who is blocked stays so; who is switched off, or on again, is or is no longer barred. */
async function afterUpdate(
  db: Database,
  botId: string,
  { userId, fields }: Extract<PersonChange, { kind: "update" }>,
  lead: LeadProfile,
): Promise<LeadProfile> {
  if (lead.barred?.why === "blocked" || fields.active === undefined)
    return { ...lead, person: lead.person && updated(lead.person, fields) };
  const { person, barred } = await behind(db, botId, userId, { isActive: fields.active });
  return { ...lead, person: person && updated(person, fields), barred };
}

function updated(
  person: PersonProfile,
  { firstName = person.firstName, role = person.role }: PersonFields,
): PersonProfile {
  return { ...person, firstName, role };
}

/** The person who is this user, or why they are barred, once some of that is other than it is now. */
async function behind(
  db: Database,
  botId: string,
  userId: string,
  then: { readonly isBlocked?: boolean; readonly isActive?: boolean },
): Promise<Pick<LeadProfile, "person" | "barred">> {
  const { id: personId, firstName, role, blocked: isBlocked, active: isActive, blockReason } = persons;
  const columns = { personId, firstName, role, isBlocked, isActive, blockReason };
  const isTheirs = sql`${personId} = ${personOfUser(botId, userId)}`;
  const [row] = await ask(db.select(columns).from(persons).where(isTheirs));
  if (!row) return { person: null, barred: null };
  const barred = barredAs(userId, { ...row, ...then });
  const person = { personId: row.personId, userId, firstName: row.firstName, role: row.role };
  return { person: barred ? null : person, barred };
}
