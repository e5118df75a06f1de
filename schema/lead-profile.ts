import { and, eq, isNotNull, isNull, type SQL } from "drizzle-orm";
import type { Barred, ChannelKind, LeadProfile, Variables } from "../contract/lead.ts";
import type { LeadTraits } from "../contract/ports.ts";
import type { Language } from "../contract/words.ts";
import { ask, type Database } from "./database.ts";
import { leads } from "./leads.ts";
import { persons } from "./persons.ts";
import { webUsers } from "./web-users.ts";

/** Where a lead is, as columns. */
export const chatColumns = { channel: leads.channel, externalId: leads.externalId };

/** Columns that say who a lead is, with their person and that one's account: the least that `leadProfileOf` reads. */
export const identityColumns = {
  leadId: leads.id,
  firstName: leads.firstName,
  language: leads.language,
  personId: persons.id,
  personName: persons.firstName,
  role: persons.role,
  isBlocked: persons.blocked,
  isActive: persons.active,
  blockReason: persons.blockReason,
  accountId: webUsers.webUserId,
};

const traitColumns = {
  tags: leads.tags,
  variables: leads.variables,
  pausedUntil: leads.pausedUntil,
  withOperator: leads.withOperator,
};

/** The person of a lead, to be joined. */
export const personOfLead = (): SQL => eq(persons.id, leads.personId);

/** The open account of a person, to be joined. */
export const accountOfPerson = (): SQL | undefined =>
  and(eq(webUsers.personId, persons.id), isNull(webUsers.unlinkedAt), isNotNull(webUsers.webUserId));

/** What `identityColumns` give. */
interface IdentityRow {
  readonly leadId: number;
  readonly firstName: string;
  readonly language: Language;
  readonly personId: number | null;
  readonly personName: string | null;
  readonly role: string | null;
  readonly isBlocked: boolean | null;
  readonly isActive: boolean | null;
  readonly blockReason: string | null;
  readonly accountId: string | null;
}

/** What is known of a lead of whom only the identity was asked. */
const NO_TRAITS: LeadTraits = { tags: [], variables: {}, pausedUntil: null, withOperator: false };

/**
 * A lead as conversations know them: with their person only while that one is linked to an account, and barred while
 * that one is blocked, or switched off.
 */
export function leadProfileOf(row: IdentityRow, traits: LeadTraits = NO_TRAITS): LeadProfile {
  const { leadId, firstName, language, accountId: userId } = row;
  const lead = { leadId, firstName, language, ...traits };
  if (row.personId === null || row.personName === null || row.role === null || userId === null)
    return { ...lead, person: null, barred: null };
  const barred = barredAs(userId, row);
  if (barred) return { ...lead, person: null, barred };
  const person = { personId: row.personId, userId, firstName: row.personName, role: row.role };
  return { ...lead, person, barred: null };
}

/** Whether, and why, somebody is treated as a stranger in their chats. */
export function barredAs(
  userId: string,
  { isBlocked, isActive, blockReason }: Pick<IdentityRow, "isBlocked" | "isActive" | "blockReason">,
): Barred | null {
  if (isBlocked) return { userId, why: "blocked", reason: blockReason ?? "" };
  return isActive ? null : { userId, why: "inactive", reason: "" };
}

/** A lead with all that is known of them, and where they are. */
export interface LeadThere {
  readonly channel: ChannelKind;
  readonly externalId: string;
  readonly lead: LeadProfile;
}

/** Leads that meet a condition, with all that is known of them. */
export async function leadsWhere(db: Database, condition: SQL | undefined): Promise<readonly LeadThere[]> {
  const rows = await ask(
    db
      .select({ ...chatColumns, ...identityColumns, ...traitColumns })
      .from(leads)
      .leftJoin(persons, personOfLead())
      .leftJoin(webUsers, accountOfPerson())
      .where(condition),
  );
  return rows.map(({ channel, externalId, tags, variables, pausedUntil, withOperator, ...identity }) => ({
    channel,
    externalId,
    lead: leadProfileOf(identity, traitsOf({ tags, variables, pausedUntil, withOperator })),
  }));
}

interface TraitRow {
  readonly tags: readonly string[];
  readonly variables: Variables;
  readonly pausedUntil: Date | null;
  readonly withOperator: boolean;
}

function traitsOf({ tags, variables, pausedUntil, withOperator }: TraitRow): LeadTraits {
  return { tags: [...tags], variables, pausedUntil: pausedUntil?.getTime() ?? null, withOperator };
}
