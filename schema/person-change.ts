import { and, asc, eq, ne, sql } from "drizzle-orm";
import type { FoundChange, PersonChange, PersonField, PersonFields } from "../contract/person-change.ts";
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
}

/** A user as the database has them. */
interface Standing {
  readonly isLinked: boolean;
  readonly isBlocked: boolean;
  readonly blockReason: string | null;
  readonly fields: FieldRow;
  /** Leads that somebody is behind. */
  readonly leads: readonly { readonly leadId: number; readonly pausedUntil: number | null }[];
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
  return {
    isChange: isOther(standing, change, changed, now),
    changed,
    leadIds: standing.leads.map(({ leadId }) => leadId),
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

/** Whether anything is other after a change. */
function isOther(
  { isLinked, isBlocked, blockReason, leads }: Standing,
  change: PersonChange,
  changed: readonly PersonField[],
  now: number,
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
      return leads.some(({ pausedUntil }) => pausedUntil !== change.until);
    case "resume":
      return leads.some(({ pausedUntil }) => pausedUntil !== null && pausedUntil > now);
  }
}

/** Columns that are one field together. */
const PLACE: readonly (keyof FieldRow)[] = ["country", "region", "city"];

function changedFields(before: FieldRow, fields: PersonFields): readonly PersonField[] {
  const told = toldRowOf(fields);
  const columns = (Object.keys(told) as (keyof FieldRow)[]).filter((name) => told[name] !== before[name]);
  return [...new Set(columns.map((name) => (PLACE.includes(name) ? "location" : (name as PersonField))))];
}
