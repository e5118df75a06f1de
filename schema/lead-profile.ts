import { and, eq, isNull, type SQL } from "drizzle-orm";
import type { LeadProfile } from "../contract/lead.ts";
import type { Language } from "../contract/words.ts";
import { leads } from "./leads.ts";
import { persons } from "./persons.ts";
import { webUsers } from "./web-users.ts";

/** Columns of a lead, their person and that one's account: what `leadProfileOf` reads. */
export const profileColumns = {
  leadId: leads.id,
  firstName: leads.firstName,
  language: leads.language,
  personId: persons.id,
  personName: persons.firstName,
  role: persons.role,
  accountId: webUsers.webUserId,
};

/** The person of a lead, to be joined. */
export const personOfLead = (): SQL => eq(persons.id, leads.personId);

/** The open account of a person, to be joined. */
export const accountOfPerson = (): SQL | undefined =>
  and(eq(webUsers.personId, persons.id), isNull(webUsers.unlinkedAt));

/** What `profileColumns` gives. */
interface ProfileRow {
  readonly leadId: number;
  readonly firstName: string;
  readonly language: Language;
  readonly personId: number | null;
  readonly personName: string | null;
  readonly role: string | null;
  readonly accountId: string | null;
}

/** A lead as conversations know them: with their person only while that one is linked to an account. */
export function leadProfileOf(row: ProfileRow): LeadProfile {
  const { leadId, firstName, language, personId, personName, role, accountId } = row;
  const person =
    personId !== null && personName !== null && role !== null && accountId !== null
      ? { personId, firstName: personName, role, userId: accountId }
      : null;
  return { leadId, firstName, language, person };
}
