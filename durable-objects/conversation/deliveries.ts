import { type DeliveryId, type DeliveryState, Outcome, UNDER_WAY } from "../../contract/delivery.ts";
import { first, type Sql } from "./sql.ts";

/** How long a delivery is remembered, so that a late second copy of it is known; one that may yet be answered longer. */
const REMEMBERED_MS = 7 * 24 * 60 * 60 * 1000;

/** What became of the deliveries handed to one conversation. */
export class Deliveries {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** What is known of a delivery, or `null` where it was never handed over. */
  find({ callId, seq }: DeliveryId): Outcome | null {
    const row = first(
      this.#sql.exec("SELECT state, reason FROM deliveries WHERE call_id = ? AND seq = ?", callId, seq),
    );
    return row && outcome(row.state, row.reason);
  }

  /** Takes a delivery over. */
  open({ callId, seq }: DeliveryId, now: number): void {
    this.#sql.exec(
      "INSERT INTO deliveries (call_id, seq, state, told, at) VALUES (?, ?, 'queued', 1, ?)",
      callId,
      seq,
      now,
    );
    this.#sql.exec(
      `DELETE FROM deliveries WHERE told = 1 AND at < ? AND NOT EXISTS
        (SELECT 1 FROM runs WHERE runs.call_id = deliveries.call_id AND runs.seq = deliveries.seq)`,
      now - REMEMBERED_MS,
    );
  }

  /** Notes what became of a delivery; the ledger is to be told. */
  note({ callId, seq }: DeliveryId, { state, reason }: Outcome, now: number): void {
    this.#sql.exec(
      "UPDATE deliveries SET state = ?, reason = ?, told = 0, at = ? WHERE call_id = ? AND seq = ?",
      state,
      reason ?? null,
      now,
      callId,
      seq,
    );
  }

  /** What the ledger was not told yet. */
  untold(): readonly { readonly id: DeliveryId; readonly outcome: Outcome; readonly at: number }[] {
    const rows = this.#sql.exec(
      "SELECT call_id, seq, state, reason, at FROM deliveries WHERE told = 0 LIMIT 100",
    );
    return rows.map((row) => ({
      id: { callId: String(row.call_id), seq: Number(row.seq) },
      outcome: outcome(row.state, row.reason),
      at: Number(row.at),
    }));
  }

  /** The ledger was told this state; another that came meanwhile is still to be told. */
  told({ callId, seq }: DeliveryId, state: DeliveryState): void {
    this.#sql.exec(
      "UPDATE deliveries SET told = 1 WHERE call_id = ? AND seq = ? AND state = ?",
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

function outcome(state: unknown, reason: unknown): Outcome {
  return Outcome.parse({ state, ...(reason === null ? {} : { reason }) });
}
