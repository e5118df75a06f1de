import { and, eq, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { AcceptedCall } from "../contract/call.ts";
import type { CallId, Ledger } from "../contract/ports.ts";
import { walkOn } from "./audience-walk.ts";
import { setCallState } from "./call-state.ts";
import { calls, isUnfinished } from "./calls.ts";
import { ask, type Database } from "./database.ts";
import { recordOutcomes, requeueFailed, settleRest } from "./ledger-entries.ts";
import { ledgerPages } from "./ledger-pages.ts";
import { keptOnPage, onTheWireOnPage, underWayOnPage } from "./page-sql.ts";
import { recipientsUnderWay } from "./recipients.ts";

/** The ledger of calls, in the database. */
export function ledgerIn(db: Database): Ledger {
  return {
    ...questionsTo(db),
    resolve: (callId, now) => walkOn(db, callId, now),
    settleRest: (callId, outcome, at, evenOnTheWire) => settleRest(db, callId, outcome, at, evenOnTheWire),
    requeueFailed: (callId, at) => requeueFailed(db, callId, at),
    record: (outcomes) => recordOutcomes(db, outcomes),
    touch: (stamps) => touch(db, stamps),
    setState: (callId, state, at) => setCallState(db, callId, state, at),
  };
}

function questionsTo(
  db: Database,
): Pick<Ledger, "call" | "underWay" | "underWayCount" | "onTheWireCount" | "keptCount" | "unfinished"> {
  return {
    call: (callId) => acceptedCall(db, callId),
    underWay: (callId, after, limit) => recipientsUnderWay(db, callId, after, limit),
    underWayCount: (callId) => sumOfPages(db, callId, underWayOnPage),
    onTheWireCount: (callId) => sumOfPages(db, callId, onTheWireOnPage),
    keptCount: (callId) => sumOfPages(db, callId, keptOnPage),
    unfinished: (before, limit) => unfinishedCalls(db, new Date(before), limit),
  };
}

function unfinishedCalls(db: Database, before: Date, limit: number): Promise<readonly CallId[]> {
  const { id, botId, sendAt, createdAt } = calls;
  const isDue = or(lt(sendAt, before), and(isNull(sendAt), lt(createdAt, before)));
  return ask(
    db
      .select({ callId: id, botId })
      .from(calls)
      .where(and(isUnfinished(), isDue))
      // By chance, so that none that lasts keeps another from its turn.
      .orderBy(sql`random()`)
      .limit(limit),
  );
}

async function sumOfPages(db: Database, callId: string, onPage: SQL): Promise<number> {
  const sum = sql<number>`coalesce(sum(${onPage}), 0)`;
  const [row] = await ask(db.select({ sum }).from(ledgerPages).where(eq(ledgerPages.callId, callId)));
  return row?.sum ?? 0;
}

async function acceptedCall(db: Database, callId: string): Promise<AcceptedCall | null> {
  const { id, botId, alias, data, critical, sendAt, expiresAt, walk, state } = calls;
  const [row] = await ask(
    db
      .select({ callId: id, botId, alias, data, critical, sendAt, expiresAt, walk, state })
      .from(calls)
      .where(eq(id, callId))
      .limit(1),
  );
  if (!row) return null;
  const { walk: rest, ...call } = row;
  return {
    ...call,
    sendAt: call.sendAt?.getTime() ?? null,
    expiresAt: call.expiresAt?.getTime() ?? null,
    isResolving: rest !== null,
  };
}

async function touch(db: Database, stamps: Parameters<Ledger["touch"]>[0]): Promise<void> {
  const json = JSON.stringify(stamps);
  await ask(
    db.run(sql`UPDATE leads SET last_activity_at = stamp.at
      FROM (SELECT value ->> 'leadId' AS lead_id, max(value ->> 'at') AS at FROM json_each(${json}) GROUP BY 1) AS stamp
      WHERE leads.id = stamp.lead_id AND leads.last_activity_at < stamp.at`),
  );
}
