import { and, asc, eq, ne, sql } from "drizzle-orm";
import type { FoundChange, PersonChange, PersonField, PersonFields } from "../contract/person-change.ts";
import type { SystemUser } from "../contract/system.ts";
import { calls } from "./calls.ts";
import { type ChangeAt, changeSql, leadsOfUser } from "./change-sql.ts";
import { ask, type Database, together } from "./database.ts";
import { leads } from "./leads.ts";
import { type FieldRow, fieldColumns, toldRowOf } from "./person-fields.ts";
import { personLinkedTo, personOfUser } from "./person-of-user.ts";
import { persons } from "./persons.ts";

/** A change with what it comes to. */
export interface MadeChange {
  readonly change: PersonChange;
  readonly found: FoundChange;
  /** The user, where the main system alone knew them and a person is to be made of them. */
  readonly newcomer?: SystemUser | null;
}

/** A user as the database has them. */
interface Standing {
  readonly isLinked: boolean;
  readonly isBlocked: boolean;
  readonly blockReason: string | null;
  readonly fields: FieldRow;
  /** Leads that somebody is behind. */
  readonly leads: readonly LeadRow[];
}

interface LeadRow {
  readonly leadId: number;
  readonly pausedUntil: number | null;
}

/**
 * What a change comes to; nothing is written. `null` where nobody was ever this user at this bot, or the person who was
 * is somebody else by now.
 * @param now milliseconds since 1970
 */
export async function findChange(
  db: Database,
  botId: string,
  change: PersonChange,
  now: number,
): Promise<FoundChange | null> {
  const standing = await standingOf(db, botId, change.userId);
  if (!standing) return null;
  const changed = change.kind === "update" ? changedFields(standing.fields, change.fields) : [];
  const leads = toldOf(standing, change, now);
  return {
    isChange: isOther(standing, change, changed, leads),
    changed,
    leadIds: leads.map(({ leadId }) => leadId),
  };
}

/** Makes a change by itself, for a call that tells nobody. */
export async function makeChange(db: Database, at: ChangeAt): Promise<void> {
  const statements = changeSql(at);
  if (statements.length > 0) await together(db, statements);
}

/** What the change of a call came to when it was accepted; `null` where it had none. */
export async function foundByCall(db: Database, callId: string): Promise<FoundChange | null> {
  const { id, found } = calls;
  const [row] = await ask(db.select({ found }).from(calls).where(eq(id, callId)).limit(1));
  return row?.found ?? null;
}

async function standingOf(db: Database, botId: string, userId: string): Promise<Standing | null> {
  const isPerson = sql`${persons.id} = ${personOfUser(botId, userId)}`;
  const isTold = and(leadsOfUser(botId, userId), ne(leads.status, "deleted"));
  const isLinked = sql<number>`${personLinkedTo(botId, userId)} IS NOT NULL`;
  const { blocked: isBlocked, blockReason } = persons;
  // In one go, so that both are of the same moment.
  const [[person], told] = await ask(
    db.batch([
      db.select({ isLinked, isBlocked, blockReason, fields: fieldColumns }).from(persons).where(isPerson),
      db
        .select({ leadId: leads.id, pausedUntil: leads.pausedUntil })
        .from(leads)
        .where(isTold)
        .orderBy(asc(leads.id)),
    ]),
  );
  return person
    ? {
        ...person,
        isLinked: person.isLinked === 1,
        leads: told.map(({ leadId, pausedUntil }) => ({
          leadId,
          pausedUntil: pausedUntil?.getTime() ?? null,
        })),
      }
    : null;
}

/**
 * Leads that are told of a change. A chat where the user has signed out is nobody's, and no place for what happens to
 * them; only whoever comes back is greeted there too.
 */
function toldOf({ isLinked, leads }: Standing, change: PersonChange, now: number): readonly LeadRow[] {
  if (change.kind === "connect") return leads;
  if (!isLinked) return [];
  if (change.kind === "pause") return leads.filter(({ pausedUntil }) => pausedUntil !== change.until);
  if (change.kind === "resume")
    return leads.filter(({ pausedUntil }) => pausedUntil !== null && pausedUntil > now);
  return leads;
}

/** Whether anything is other after a change. @param told as `toldOf` says */
function isOther(
  { isLinked, isBlocked, blockReason }: Standing,
  change: PersonChange,
  changed: readonly PersonField[],
  told: readonly LeadRow[],
): boolean {
  switch (change.kind) {
    case "connect":
      return true;
    case "update":
      return changed.length > 0;
    case "block":
      return !isBlocked || (blockReason ?? "") !== change.reason;
    case "unblock":
      return isBlocked;
    case "disconnect":
    case "delete":
      return isLinked;
    case "pause":
    case "resume":
      return told.length > 0;
  }
}

/** Columns that are one field together. */
const PLACE: readonly (keyof FieldRow)[] = ["country", "region", "city"];

function changedFields(before: FieldRow, fields: PersonFields): readonly PersonField[] {
  const told = toldRowOf(fields);
  const columns = (Object.keys(told) as (keyof FieldRow)[]).filter((name) => told[name] !== before[name]);
  return [...new Set(columns.map((name) => (PLACE.includes(name) ? "location" : (name as PersonField))))];
}
