import { and, asc, eq, sql } from "drizzle-orm";
import type { CallState } from "../contract/call.ts";
import { DELIVERY_STATES, type DeliveryState } from "../contract/delivery.ts";
import { calls } from "./calls.ts";
import { ask, type Database } from "./database.ts";
import { deliveries } from "./ledger-pages.ts";
import { type RecipientCounts, readCounts } from "./recipient-counts.ts";
import { linesAfter } from "./recipients.ts";

/** A call as lists show it. */
export interface CallSummary {
  readonly callId: string;
  readonly alias: string;
  readonly state: CallState;
  readonly critical: boolean;
  readonly createdAt: Date;
  readonly sendAt: Date | null;
  readonly expiresAt: Date | null;
  /** When its first recipients could be told. */
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** How many were where when all were known; `null` while an audience by rule is being walked. */
  readonly accepted: RecipientCounts | null;
}

/** How far a call has come. */
export interface CallReport extends CallSummary {
  /** Recipients in each state. */
  readonly states: Readonly<Record<DeliveryState, number>>;
  /** How many of those deferred are kept in their conversation, because they want quiet. */
  readonly kept: number;
}

/** The columns that `summaryOf` reads. */
export const summaryColumns = {
  callId: calls.id,
  alias: calls.alias,
  state: calls.state,
  critical: calls.critical,
  createdAt: calls.createdAt,
  sendAt: calls.sendAt,
  expiresAt: calls.expiresAt,
  startedAt: calls.startedAt,
  finishedAt: calls.finishedAt,
  accepted: calls.recipients,
};

/** A call as lists show it, from `summaryColumns`. */
export function summaryOf(row: Omit<CallSummary, "accepted"> & { readonly accepted: string }): CallSummary {
  return { ...row, accepted: readCounts(row.accepted) };
}

/** How far a call of this bot has come, or `null` where there is none of this id. */
export async function callReport(db: Database, botId: string, callId: string): Promise<CallReport | null> {
  const [rows, tallied] = await ask(
    db.batch([
      db
        .select(summaryColumns)
        .from(calls)
        .where(and(eq(calls.id, callId), eq(calls.botId, botId)))
        .limit(1),
      db
        .select({ state: sql<string>`counted.key`, recipients: sql<number>`sum(counted.value)` })
        .from(sql`ledger_pages CROSS JOIN json_each(tally) AS counted`)
        .where(sql`call_id = ${callId}`)
        .groupBy(sql`counted.key`),
    ]),
  );
  const [row] = rows;
  if (!row) return null;
  const byState = new Map(tallied.map(({ state, recipients }) => [state, recipients]));
  const states = Object.fromEntries(DELIVERY_STATES.map((state) => [state, byState.get(state) ?? 0]));
  return { ...summaryOf(row), states: states as CallReport["states"], kept: byState.get("kept") ?? 0 };
}

/** What became of one recipient. */
export interface RecipientReport {
  readonly seq: number;
  /** The main system's id of the user who is meant; `null` where the chat itself is. */
  readonly userId: string | null;
  readonly leadId: number | null;
  readonly state: DeliveryState;
  readonly reason: string | null;
  readonly updatedAt: Date;
}

/** Which recipients: up to `limit` after the one numbered `after` (-1 for the first), of one state or any. */
export interface RecipientPage {
  readonly state?: DeliveryState | undefined;
  readonly after: number;
  readonly limit: number;
}

/** Recipients of a call, in order. */
export function recipientReports(
  db: Database,
  callId: string,
  { state, after, limit }: RecipientPage,
): Promise<readonly RecipientReport[]> {
  const { page, seq, userId, leadId, reason, updatedAt } = deliveries;
  // The tally keeps pages folded that have nobody in this state.
  const inState = state && and(sql`(tally ->> ${state}) > 0`, eq(deliveries.state, state));
  return ask(
    db
      .select({ seq, userId, leadId, state: deliveries.state, reason, updatedAt })
      .from(deliveries)
      .where(and(linesAfter(callId, after), inState))
      .orderBy(asc(page), asc(seq))
      .limit(limit),
  );
}
