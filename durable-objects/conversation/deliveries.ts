import {
  type DeliveryId,
  type DeliveryState,
  ON_THE_WIRE,
  Outcome,
  UNDER_WAY,
} from "../../contract/delivery.ts";
import { first, type Sql, type Value } from "./sql.ts";

/**
 * How long a delivery is remembered, so that a second copy of it is known: as long as a call may well be under way, or
 * held. One that may yet be answered is remembered longer.
 */
const REMEMBERED_MS = 30 * 24 * 60 * 60 * 1000;

/** What is known of a delivery of which something has left, or may have. */
export interface KnownDelivery {
  readonly outcome: Outcome;
  /** The run that it began, or was about to. */
  readonly runId: string;
}

/** What became of the deliveries of one conversation, from the moment at which their first message is about to leave. */
export class Deliveries {
  readonly #sql: Sql;
  /** Whether the ledger was told all, as far as was looked: then nobody has to look again. */
  #isAllTold = false;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** What is known of a delivery, or `null` where nothing of it has left. */
  find({ callId, seq }: DeliveryId): KnownDelivery | null {
    const row = first(
      this.#sql.exec(
        "SELECT state, reason, cause, run_id FROM deliveries WHERE call_id = ? AND seq = ?",
        callId,
        seq,
      ),
    );
    return row && { outcome: outcomeIn(row), runId: String(row.run_id) };
  }

  /** Notes that a delivery's first message is about to leave. A row that is too old to be asked for is used again. */
  open({ callId, seq }: DeliveryId, runId: string, now: number): void {
    this.#sql.exec(
      `INSERT OR REPLACE INTO deliveries (rowid, call_id, seq, run_id, state, reason, told, at) VALUES (
        (SELECT rowid FROM deliveries WHERE told = 1 AND at < ? AND NOT EXISTS
          (SELECT 1 FROM runs WHERE runs.call_id = deliveries.call_id AND runs.seq = deliveries.seq) LIMIT 1),
        ?, ?, ?, ?, ?, 1, ?)`,
      now - REMEMBERED_MS,
      callId,
      seq,
      runId,
      "deferred" satisfies DeliveryState,
      ON_THE_WIRE,
      now,
    );
  }

  /** Forgets a delivery: nothing of it has left after all. */
  forget({ callId, seq }: DeliveryId): void {
    this.#sql.exec("DELETE FROM deliveries WHERE call_id = ? AND seq = ?", callId, seq);
  }

  /** Notes what became of a delivery. `told`: whoever handed it over is told at once, so the ledger need not be. */
  note({ callId, seq }: DeliveryId, { state, reason, cause }: Outcome, now: number, told = false): void {
    if (!told) this.#isAllTold = false;
    this.#sql.exec(
      "UPDATE deliveries SET state = ?, reason = ?, cause = ?, told = ?, at = ? WHERE call_id = ? AND seq = ?",
      state,
      reason ?? null,
      cause ?? null,
      told ? 1 : 0,
      now,
      callId,
      seq,
    );
  }

  /** Notes what became of a delivery that this conversation told by itself, or never will: the ledger is to be told. */
  settle(id: DeliveryId, outcome: Outcome, now: number): void {
    if (!this.find(id)) this.open(id, "", now);
    this.note(id, outcome, now);
  }

  /** What the ledger was not told yet. */
  untold(): readonly { readonly id: DeliveryId; readonly outcome: Outcome; readonly at: number }[] {
    if (this.#isAllTold) return [];
    const rows = this.#sql.exec(
      "SELECT call_id, seq, state, reason, cause, at FROM deliveries WHERE told = 0 LIMIT 100",
    );
    this.#isAllTold = rows.length === 0;
    return rows.map((row) => ({
      id: { callId: String(row.call_id), seq: Number(row.seq) },
      outcome: outcomeIn(row),
      at: Number(row.at),
    }));
  }

  /** The ledger was told this state; another that came meanwhile is still to be told. */
  told({ callId, seq }: DeliveryId, state: DeliveryState): void {
    this.#sql.exec(
      "UPDATE deliveries SET told = 1 WHERE call_id = ? AND seq = ? AND state = ? AND told = 0",
      callId,
      seq,
      state,
    );
  }
}

/** Whether something is still to be done for a recipient in this state. */
export function underWay({ state }: Outcome): boolean {
  return UNDER_WAY.includes(state);
}

function outcomeIn({ state, reason, cause }: Record<string, Value>): Outcome {
  return Outcome.parse({ state, ...(reason == null ? {} : { reason }), ...(cause == null ? {} : { cause }) });
}
