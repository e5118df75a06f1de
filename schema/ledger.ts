import { and, asc, count, eq, gt, inArray, isNull, lt, sql } from "drizzle-orm";
import { type DeliveryState, UNDER_WAY } from "../contract/delivery.ts";
import type { Ledger, OutcomeRecord } from "../contract/ports.ts";
import { calls } from "./calls.ts";
import { ask, type Database } from "./database.ts";
import { deliveries } from "./deliveries.ts";
import { leads } from "./leads.ts";

/** How late a state is: one is never replaced by an earlier one, however late its news comes. */
const LATENESS: Readonly<Record<DeliveryState, number>> = {
  queued: 0,
  deferred: 1,
  sent: 2,
  uncertain: 2,
  failed: 2,
  unlinked: 2,
  blocked: 2,
  cancelled: 2,
  answered: 3,
  expired: 3,
};

/** The ledger of calls, in the database. */
export function ledgerIn(db: Database): Ledger {
  return { ...questionsTo(db), ...entriesIn(db) };
}

function questionsTo(db: Database): Pick<Ledger, "call" | "underWay" | "underWayCount" | "unfinished"> {
  return {
    async call(callId) {
      const { id, botId, alias, data } = calls;
      const [row] = await ask(
        db.select({ callId: id, botId, alias, data }).from(calls).where(eq(id, callId)).limit(1),
      );
      return row ?? null;
    },
    underWay: (callId, after, limit) =>
      ask(
        db
          .select({
            seq: deliveries.seq,
            userId: deliveries.userId,
            leadId: leads.id,
            channel: leads.channel,
            externalId: leads.externalId,
          })
          .from(deliveries)
          .innerJoin(leads, eq(leads.id, deliveries.leadId))
          .where(and(underWayIn(callId), gt(deliveries.seq, after)))
          .orderBy(asc(deliveries.seq))
          .limit(limit),
      ),
    async underWayCount(callId) {
      const [row] = await ask(db.select({ left: count() }).from(deliveries).where(underWayIn(callId)));
      return row?.left ?? 0;
    },
    unfinished: (before, limit) =>
      ask(
        db
          .select({ callId: calls.id, botId: calls.botId })
          .from(calls)
          .where(and(isNull(calls.finishedAt), lt(calls.createdAt, new Date(before))))
          // By chance, so that none that lasts keeps another from its turn.
          .orderBy(sql`random()`)
          .limit(limit),
      ),
  };
}

function entriesIn(db: Database): Pick<Ledger, "record" | "touch" | "abandon" | "finish"> {
  return {
    record: (outcomes) => record(db, outcomes),
    async abandon(callId, reason, at) {
      const given = { state: "failed" as const, reason, updatedAt: new Date(at) };
      await ask(db.update(deliveries).set(given).where(underWayIn(callId)));
    },
    async touch(stamps) {
      const json = JSON.stringify(stamps);
      await ask(
        db.run(sql`UPDATE leads SET last_activity_at = stamp.at
          FROM (SELECT value ->> 'leadId' AS lead_id, max(value ->> 'at') AS at FROM json_each(${json}) GROUP BY 1) AS stamp
          WHERE leads.id = stamp.lead_id AND leads.last_activity_at < stamp.at`),
      );
    },
    async finish(callId, at) {
      const open = and(eq(calls.id, callId), isNull(calls.finishedAt));
      await ask(
        db
          .update(calls)
          .set({ finishedAt: new Date(at) })
          .where(open),
      );
    },
  };
}

function underWayIn(callId: string) {
  return and(eq(deliveries.callId, callId), inArray(deliveries.state, [...UNDER_WAY]));
}

async function record(db: Database, outcomes: readonly OutcomeRecord[]): Promise<void> {
  const json = JSON.stringify(latest(outcomes).map(({ outcome, ...line }) => ({ ...line, ...outcome })));
  const lateness = Object.entries(LATENESS)
    .map(([state, late]) => `WHEN '${state}' THEN ${late}`)
    .join(" ");
  await ask(
    db.run(sql`UPDATE deliveries SET state = news.state, reason = news.reason, updated_at = news.at
      FROM (SELECT value ->> 'callId' AS call_id, value ->> 'seq' AS seq, value ->> 'state' AS state,
        value ->> 'reason' AS reason, value ->> 'at' AS at FROM json_each(${json})) AS news
      WHERE deliveries.call_id = news.call_id AND deliveries.seq = news.seq
        AND (CASE news.state ${sql.raw(lateness)} END) > (CASE deliveries.state ${sql.raw(lateness)} END)`),
  );
}

/** The latest outcome of each recipient: of two rows for one, an UPDATE would take either. */
function latest(outcomes: readonly OutcomeRecord[]): readonly OutcomeRecord[] {
  const byRecipient = new Map<string, OutcomeRecord>();
  for (const line of outcomes) {
    const name = `${line.callId}/${line.seq}`;
    const known = byRecipient.get(name);
    if (!known || LATENESS[line.outcome.state] >= LATENESS[known.outcome.state]) byRecipient.set(name, line);
  }
  return [...byRecipient.values()];
}
