import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { type DeliveryState, KEPT, ON_THE_WIRE, type Outcome } from "../contract/delivery.ts";
import type { OutcomeRecord } from "../contract/ports.ts";
import { reopenCall } from "./call-state.ts";
import { ask, type Database, together } from "./database.ts";
import {
  integer,
  isOnTheWire,
  isOpen,
  isUnderWay,
  notOnTheWire,
  notOnTheWireOrKept,
  openOnPage,
  pageLines,
  rewritePages,
  underWayOnPage,
} from "./page-sql.ts";

/** Reason of somebody who has `expired` because they were told and did not answer in time. */
const NO_ANSWER = "no-answer";

/** How much a state tells: one is never replaced by one that tells less, however late its news comes. */
const TELLS: Readonly<Record<DeliveryState, number>> = {
  queued: 0,
  deferred: 1,
  // 2 is `deferred` where it is its conversation's: see below.
  cancelled: 3,
  expired: 3,
  failed: 3,
  unlinked: 3,
  blocked: 3,
  // Whoever says these saw the messenger; who says the above may have given up too soon.
  uncertain: 4,
  sent: 5,
  // 6 is `expired` without an answer.
  answered: 7,
};

/** Where the reason makes a state tell more. */
const TELLING_REASONS: readonly { state: DeliveryState; reason: string; tells: number }[] = [
  { state: "deferred", reason: ON_THE_WIRE, tells: 2 },
  { state: "deferred", reason: KEPT, tells: 2 },
  { state: "expired", reason: NO_ANSWER, tells: 6 },
];

/** Pages that one statement settles: 10,000 recipients. */
const PAGES_SETTLED = 100;

/** Writes outcomes down, each page once however many of its recipients they are of. */
export async function recordOutcomes(db: Database, outcomes: readonly OutcomeRecord[]): Promise<void> {
  if (outcomes.length === 0) return;
  const news = foremost(outcomes).map(({ callId, seq, outcome, at }) => [
    callId,
    seq,
    outcome.state,
    outcome.reason ?? null,
    at,
  ]);
  const lines = sql`
    WITH news AS MATERIALIZED (
      SELECT value ->> 0 AS call_id, value ->> 1 AS seq, value ->> 2 AS state, value ->> 3 AS reason, value ->> 4 AS at
      FROM json_each(${JSON.stringify(news)})
    )
    SELECT old.call_id, old.page, old.seq % ${pageLines} AS place, old.user_id, old.lead_id,
      coalesce(news.state, old.state) AS state, iif(news.state IS NULL, old.reason, news.reason) AS reason,
      coalesce(news.at, old.updated_at) AS at, news.state IS NOT NULL AS is_new
    FROM (SELECT DISTINCT call_id, seq / ${pageLines} AS page FROM news) AS touched
    CROSS JOIN deliveries AS old ON old.call_id = touched.call_id AND old.page = touched.page
    LEFT JOIN news ON news.call_id = old.call_id AND news.seq = old.seq
      AND (${tells("news")} > ${tells("old")} OR ${isNewerDeferral})`;
  await ask(db.run(rewritePages(lines, sql`max(is_new)`)));
}

/**
 * Gives some thousands of those who are still under way this outcome; true where there may be more. Whoever is kept
 * (`KEPT`) is not the broadcast's to give up, but their call's cancel and its end are theirs too.
 */
export async function settleRest(
  db: Database,
  callId: string,
  outcome: Outcome,
  at: number,
  evenOnTheWire = false,
): Promise<boolean> {
  const { isMeant, onPage } = rest(ENDS_OF_CALLS.includes(outcome.state), evenOnTheWire);
  const pages = sql`SELECT page FROM ledger_pages WHERE call_id = ${callId} AND ${onPage} > 0
    ORDER BY page LIMIT ${PAGES_SETTLED}`;
  const result = await ask(db.run(rewritePages(linesGiven(callId, pages, isMeant, outcome, at))));
  return result.meta.changes === PAGES_SETTLED;
}

/** Outcomes that a call gives all its people. */
const ENDS_OF_CALLS: readonly DeliveryState[] = ["cancelled", "expired"];

/** Which lines are the rest, and how many of them a page has. */
function rest(evenKept: boolean, evenOnTheWire: boolean): { readonly isMeant: SQL; readonly onPage: SQL } {
  const which = evenKept ? isOpen : isUnderWay;
  if (evenOnTheWire) return { isMeant: which, onPage: evenKept ? openOnPage : underWayOnPage };
  const onPage = evenKept ? notOnTheWireOrKept : notOnTheWire;
  return { isMeant: sql`(${which} AND NOT ${isOnTheWire})`, onPage };
}

/** Puts all who failed under way again, and the call with them where it was finished; how many they are. */
export async function requeueFailed(db: Database, callId: string, at: number): Promise<number> {
  const isFailed = sql`(tally ->> 'failed')`;
  const meant = sql`FROM ledger_pages WHERE call_id = ${callId} AND ${isFailed} > 0 AND ${isNotCancelled(callId)}`;
  const pages = sql`SELECT page ${meant}`;
  const [counted] = await together(db, [
    sql`SELECT coalesce(sum${isFailed}, 0) AS failed ${meant}`,
    reopenCall(callId, sql`EXISTS (${pages})`),
    rewritePages(linesGiven(callId, pages, sql`state = 'failed'`, { state: "queued" }, at)),
  ]);
  return Failed.parse(counted?.results)[0].failed;
}

/** Puts one who failed under way again, and the call with them where it had ended. False where they had not failed. */
export async function requeueOne(db: Database, callId: string, seq: number, at: number): Promise<boolean> {
  const isMeant = sql`(state = 'failed' AND seq = ${integer(seq)})`;
  const found = sql`SELECT page FROM deliveries
    WHERE call_id = ${callId} AND page = ${integer(seq)} / ${pageLines} AND ${isMeant} AND ${isNotCancelled(callId)}`;
  const [before] = await together(db, [
    found,
    reopenCall(callId, sql`EXISTS (${found})`),
    rewritePages(linesGiven(callId, found, isMeant, { state: "queued" }, at)),
  ]);
  return before !== undefined && before.results.length > 0;
}

/** A call that was cancelled stays so, whoever tries. */
function isNotCancelled(callId: string): SQL {
  return sql`NOT EXISTS (SELECT 1 FROM calls WHERE id = ${callId} AND state = 'cancelled')`;
}

const Failed = z.tuple([z.object({ failed: z.number() })]);

/** All lines of some pages, those that are meant with another outcome. */
function linesGiven(callId: string, pages: SQL, isMeant: SQL, { state, reason }: Outcome, at: number): SQL {
  return sql`SELECT call_id, page, seq % ${pageLines} AS place, user_id, lead_id,
      iif(${isMeant}, ${state}, state) AS state, iif(${isMeant}, ${reason ?? null}, reason) AS reason,
      iif(${isMeant}, ${integer(at)}, updated_at) AS at
    FROM deliveries WHERE call_id = ${callId} AND page IN (${pages})`;
}

/** How much the line of that name tells. */
function tells(name: "news" | "old"): SQL {
  const states = Object.entries(TELLS).map(([state, much]) => `WHEN '${state}' THEN ${much}`);
  const reasons = TELLING_REASONS.map(
    ({ state, reason, tells }) =>
      `WHEN ${name}.state = '${state}' AND ${name}.reason IS '${reason}' THEN ${tells}`,
  );
  return sql.raw(`CASE ${reasons.join(" ")} ELSE CASE ${name}.state ${states.join(" ")} END END`);
}

function tellsOf({ state, reason }: Outcome): number {
  const byReason = TELLING_REASONS.find((one) => one.state === state && one.reason === reason);
  return byReason?.tells ?? TELLS[state];
}

/** Whoever is put off again, for another reason, is waiting for that one. */
const isNewerDeferral: SQL = sql`(news.state = 'deferred' AND old.state = 'deferred'
  AND ${tells("news")} = ${tells("old")} AND news.reason IS NOT old.reason AND news.at >= old.updated_at)`;

/** Of several outcomes of one recipient the one that tells most, or came first: of two, an UPDATE would take either. */
function foremost(outcomes: readonly OutcomeRecord[]): readonly OutcomeRecord[] {
  const byRecipient = new Map<string, OutcomeRecord>();
  for (const line of outcomes) {
    const name = `${line.callId}/${line.seq}`;
    const known = byRecipient.get(name);
    if (!known || tellsOf(line.outcome) > tellsOf(known.outcome) || isLater(line, known))
      byRecipient.set(name, line);
  }
  return [...byRecipient.values()];
}

function isLater(line: OutcomeRecord, known: OutcomeRecord): boolean {
  const areDeferred = line.outcome.state === "deferred" && known.outcome.state === "deferred";
  return areDeferred && tellsOf(line.outcome) === tellsOf(known.outcome) && line.at >= known.at;
}
