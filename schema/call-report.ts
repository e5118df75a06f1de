import { and, asc, count, eq, gt } from "drizzle-orm";
import { DELIVERY_STATES, type DeliveryState } from "../contract/delivery.ts";
import { calls } from "./calls.ts";
import { ask, type Database } from "./database.ts";
import { deliveries } from "./deliveries.ts";

/** How far a call has come. */
export interface CallReport {
  readonly callId: string;
  readonly alias: string;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  /** Recipients in each state. */
  readonly states: Readonly<Record<DeliveryState, number>>;
}

/** How far a call of this bot has come, or `null` where there is none of this id. */
export async function callReport(db: Database, botId: string, callId: string): Promise<CallReport | null> {
  const [call] = await ask(
    db
      .select()
      .from(calls)
      .where(and(eq(calls.id, callId), eq(calls.botId, botId)))
      .limit(1),
  );
  if (!call) return null;
  const counted = await ask(
    db
      .select({ state: deliveries.state, recipients: count() })
      .from(deliveries)
      .where(eq(deliveries.callId, callId))
      .groupBy(deliveries.state),
  );
  const byState = new Map(counted.map(({ state, recipients }) => [state, recipients]));
  const states = Object.fromEntries(DELIVERY_STATES.map((state) => [state, byState.get(state) ?? 0]));
  const { alias, createdAt, finishedAt } = call;
  return { callId, alias, createdAt, finishedAt, states: states as CallReport["states"] };
}

/** What became of one recipient. */
export interface RecipientReport {
  readonly seq: number;
  readonly userId: string;
  readonly state: DeliveryState;
  readonly reason: string | null;
  readonly updatedAt: Date;
}

/** Up to `limit` recipients of a call after the one numbered `after` (-1 for the first), in order. */
export function recipientReports(
  db: Database,
  callId: string,
  after: number,
  limit: number,
): Promise<readonly RecipientReport[]> {
  const { seq, userId, state, reason, updatedAt } = deliveries;
  return ask(
    db
      .select({ seq, userId, state, reason, updatedAt })
      .from(deliveries)
      .where(and(eq(deliveries.callId, callId), gt(seq, after)))
      .orderBy(asc(seq))
      .limit(limit),
  );
}
