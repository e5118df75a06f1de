import { eq, type SQL, sql } from "drizzle-orm";
import type { Audience, LeadsTold } from "../contract/call.ts";
import {
  linesOfChats,
  linesOfNamedLeads,
  linesOfNamedPersons,
  linesOfUsers,
  type Telling,
} from "./audience-sql.ts";
import { newWalk } from "./audience-walk.ts";
import { calls } from "./calls.ts";
import { changeSql } from "./change-sql.ts";
import { ask, type Database, together } from "./database.ts";
import { appendPages, countsOf, hasPages, hasUnderWay } from "./page-sql.ts";
import type { MadeChange } from "./person-change.ts";
import { type RecipientCounts, readCounts } from "./recipient-counts.ts";
import { isStillChange } from "./still-sql.ts";

/** A call about to be accepted. Times are milliseconds since 1970. */
export interface NewCall {
  readonly callId: string;
  readonly botId: string;
  readonly alias: string;
  readonly tokenId: string;
  /** What `prepare` returned, as JSON text. */
  readonly data: string;
  /** Distinct ids of users or leads, or a rule. */
  readonly audience: Audience;
  /** Of a call that changes a user. */
  readonly made?: MadeChange | null;
  readonly leadsTold: LeadsTold;
  /** Whether it goes before others, and to those who want quiet. */
  readonly critical: boolean;
  /** Whether those are told too with whom an operator speaks. Not unless it says so. */
  readonly evenWithOperator?: boolean;
  /** When to begin; `null` is at once. */
  readonly sendAt: number | null;
  /** After this nobody is told any more; `null` is never. */
  readonly expiresAt: number | null;
  readonly now: number;
}

/** Ids that one statement looks up: a parameter of D1 holds 2 MB, and 2,000 of the longest ids of users are 1.5 MB at the worst. */
const IDS_A_STATEMENT = 2_000;

/**
 * Accepts a call: writes it and the state of each of its recipients, and makes its change, all or nothing. Accepted
 * again with the same `callId`, it changes nothing and returns the same counts; `null` while an audience by rule is to
 * be walked. `overtaken` where another call made the same change a moment before: it tells of it, and this one is not
 * written.
 */
export async function acceptCall(db: Database, call: NewCall): Promise<RecipientCounts | null | "overtaken"> {
  const { callId, botId, made, now } = call;
  const isNew = sql`NOT EXISTS (SELECT 1 FROM calls WHERE id = ${callId})`;
  const isTold = made ? sql`${isNew} AND ${isStillChange(botId, made.change, now)}` : isNew;
  const pages = linesInParts(call, call.audience).map((lines) => appendPages(callId, lines, now, isTold));
  const change = made ? changeSql({ botId, ...made, now }, isNew) : [];
  // The call's line comes last: it counts the others, and its being there keeps all this from being done again.
  await together(db, [...pages, ...change, callLine(call)]);
  const [row] = await ask(
    db.select({ recipients: calls.recipients }).from(calls).where(eq(calls.id, callId)),
  );
  return row ? readCounts(row.recipients) : "overtaken";
}

/** SELECTs of the lines of an audience, for some thousands of ids each; none of one by rule, which is walked. */
export function linesInParts(telling: Telling, audience: Audience): readonly SQL[] {
  if ("rule" in audience) return [];
  if ("userIds" in audience)
    return inParts(audience.userIds).map((userIds) => linesOfUsers(telling, userIds));
  if ("personIds" in audience)
    return inParts(audience.personIds).map((personIds) =>
      linesOfNamedPersons(telling, { ...audience, personIds }),
    );
  if (audience.evenBarred) return [linesOfChats(telling, audience.leadIds)];
  return inParts(audience.leadIds).map((leadIds) => linesOfNamedLeads(telling, { ...audience, leadIds }));
}

function inParts<Id>(ids: readonly Id[]): readonly (readonly Id[])[] {
  const parts: (readonly Id[])[] = [];
  for (let from = 0; from < ids.length; from += IDS_A_STATEMENT)
    parts.push(ids.slice(from, from + IDS_A_STATEMENT));
  return parts;
}

function callLine(call: NewCall): SQL {
  const { callId, botId, alias, tokenId, data, audience, leadsTold, critical, sendAt, expiresAt, made, now } =
    call;
  const { evenWithOperator = false } = call;
  // By now the change is made; the pages tell whether it still was one.
  const isTold = made ? hasPages(callId) : sql`true`;
  const isRule = "rule" in audience;
  const counts = isRule ? sql`'null'` : countsOf(callId);
  const isOver = isRule ? sql`false` : sql`NOT ${hasUnderWay(callId)}`;
  const isLater = sendAt !== null && sendAt > now;
  const open = isLater ? "scheduled" : isRule ? "resolving" : "running";
  return sql`INSERT INTO calls (id, bot_id, alias, token_id, data, recipients, created_at, critical, send_at,
      expires_at, rule, leads_told, walk, found, state, started_at, finished_at)
    SELECT ${callId}, ${botId}, ${alias}, ${tokenId}, ${data}, ${counts}, ${now}, ${Number(critical)}, ${sendAt},
      ${expiresAt}, ${isRule ? JSON.stringify(audience.rule) : null}, ${leadsTold},
      ${isRule ? newWalk(leadsTold, evenWithOperator) : null}, ${made ? JSON.stringify(made.found) : null}, iif(over, 'finished', ${open}),
      iif(over OR ${Number(isLater)}, NULL, ${now}), iif(over, ${now}, NULL)
    FROM (SELECT ${isOver} AS over) WHERE ${isTold} ON CONFLICT DO NOTHING`;
}
