import { eq, type SQL, sql } from "drizzle-orm";
import type { Audience, LeadsTold } from "../contract/call.ts";
import { linesOfUsers, type Telling } from "./audience-sql.ts";
import { newWalk } from "./audience-walk.ts";
import { calls } from "./calls.ts";
import { ask, type Database, together } from "./database.ts";
import { appendPages, countsOf, hasUnderWay } from "./page-sql.ts";
import { type RecipientCounts, readCounts } from "./recipient-counts.ts";

/** A call about to be accepted. Times are milliseconds since 1970. */
export interface NewCall {
  readonly callId: string;
  readonly botId: string;
  readonly alias: string;
  readonly tokenId: string;
  /** What `prepare` returned, as JSON text. */
  readonly data: string;
  /** Distinct ids of the main system, or a rule. */
  readonly audience: Audience;
  readonly leadsTold: LeadsTold;
  /** Whether it goes before others, and to those who want quiet. */
  readonly critical: boolean;
  /** When to begin; `null` is at once. */
  readonly sendAt: number | null;
  /** After this nobody is told any more; `null` is never. */
  readonly expiresAt: number | null;
  readonly now: number;
}

/** Ids one statement looks up: a parameter of D1 holds 2 MB, and 2,000 of the longest ids are 1.5 MB at the worst. */
const IDS_A_STATEMENT = 2_000;

/**
 * Accepts a call: writes it and the state of each of its recipients, all or nothing. Accepted again with the same
 * `callId`, it changes nothing and returns the same counts; `null` while an audience by rule is to be walked.
 */
export async function acceptCall(db: Database, call: NewCall): Promise<RecipientCounts | null> {
  const isNew = sql`NOT EXISTS (SELECT 1 FROM calls WHERE id = ${call.callId})`;
  const userIds = "userIds" in call.audience ? call.audience.userIds : [];
  const pages = linesInParts(call, userIds).map((lines) => appendPages(call.callId, lines, call.now, isNew));
  // The call's line comes last: it counts the others, and its being there keeps them from being written again.
  await together(db, [...pages, callLine(call)]);
  const [row] = await ask(
    db.select({ recipients: calls.recipients }).from(calls).where(eq(calls.id, call.callId)),
  );
  return readCounts(row?.recipients ?? "null");
}

/** SELECTs of the lines of users, for some thousands of them each. */
export function linesInParts(telling: Telling, userIds: readonly string[]): readonly SQL[] {
  const parts: SQL[] = [];
  for (let from = 0; from < userIds.length; from += IDS_A_STATEMENT) {
    parts.push(linesOfUsers(telling, userIds.slice(from, from + IDS_A_STATEMENT)));
  }
  return parts;
}

function callLine(call: NewCall): SQL {
  const { callId, botId, alias, tokenId, data, audience, leadsTold, critical, sendAt, expiresAt, now } = call;
  const isRule = "rule" in audience;
  const counts = isRule ? sql`'null'` : countsOf(callId);
  const isOver = isRule ? sql`false` : sql`NOT ${hasUnderWay(callId)}`;
  const isLater = sendAt !== null && sendAt > now;
  const open = isLater ? "scheduled" : isRule ? "resolving" : "running";
  return sql`INSERT INTO calls (id, bot_id, alias, token_id, data, recipients, created_at, critical, send_at,
      expires_at, rule, leads_told, walk, state, started_at, finished_at)
    SELECT ${callId}, ${botId}, ${alias}, ${tokenId}, ${data}, ${counts}, ${now}, ${Number(critical)}, ${sendAt},
      ${expiresAt}, ${isRule ? JSON.stringify(audience.rule) : null}, ${leadsTold},
      ${isRule ? newWalk(leadsTold) : null}, iif(over, 'finished', ${open}),
      iif(over OR ${Number(isLater)}, NULL, ${now}), iif(over, ${now}, NULL)
    FROM (SELECT ${isOver} AS over) WHERE true ON CONFLICT DO NOTHING`;
}
