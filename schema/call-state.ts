import { and, eq, notInArray, type SQL, sql } from "drizzle-orm";
import type { CallState } from "../contract/call.ts";
import { calls } from "./calls.ts";
import { ask, type Database } from "./database.ts";
import { countsOf } from "./page-sql.ts";

/** A call that was cancelled stays so, whoever tries. */
const NEVER_LEFT: readonly CallState[] = ["cancelled"];

/** States in which recipients may be told, or could have been. */
const BEGUN: readonly CallState[] = ["resolving", "running"];

/**
 * Writes down how far a call is. One that ends is not walked any further: whom its walk had not reached is not of it.
 * A state that it has already is not written again. One that was cancelled stays so, and none that has finished is held.
 */
export async function setCallState(
  db: Database,
  callId: string,
  state: CallState,
  at: number,
): Promise<void> {
  const hasEnded = state === "finished" || state === "cancelled";
  const ended = { finishedAt: sql`${at}`, walk: sql`NULL`, recipients: knownCounts(callId) };
  const begun = BEGUN.includes(state) ? { startedAt: sql`coalesce(started_at, ${at})` } : {};
  await ask(
    db
      .update(calls)
      .set(hasEnded ? { state, ...ended } : { state, finishedAt: null, ...begun })
      .where(and(eq(calls.id, callId), notInArray(calls.state, [...NEVER_LEFT, state, ...notBefore(state)]))),
  );
}

/** States that do not lead to this one. */
function notBefore(state: CallState): readonly CallState[] {
  return state === "paused" ? ["finished"] : [];
}

/** Puts a call that is finished under way again, on a condition. One that is held, or was cancelled, stays so. */
export function reopenCall(callId: string, when: SQL): SQL {
  return sql`UPDATE calls SET state = 'running', finished_at = NULL
    WHERE id = ${callId} AND state = 'finished' AND ${when}`;
}

/** The counts of a call that ends, also where its walk is cut short. */
function knownCounts(callId: string): SQL {
  return sql`iif(walk IS NULL, recipients, ${countsOf(callId)})`;
}
