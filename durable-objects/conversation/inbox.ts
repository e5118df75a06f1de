import { Inbound } from "../../contract/inbound.ts";
import { first, type Sql } from "./sql.ts";

/**
 * How long a handled update is remembered. Telegram keeps an update for 24 hours, so it can come again until then.
 */
const REMEMBERED_MS = 48 * 60 * 60 * 1000;

/** Handled updates looked at when one is taken, to forget those that are too old: more than ever come at a time. */
const SWEEP = 4;

/** An update that is to be handled; `null` where it was stored in a shape that today's code does not read. */
export interface Waiting {
  readonly updateId: number;
  readonly update: Inbound | null;
  readonly takenAt: number;
}

/** Updates of one chat: taken once, handled in their order. */
export class Inbox {
  readonly #sql: Sql;
  /** Every update below this one was handled: looking for the next begins here, however many are remembered. */
  #floor = 0;
  /** Whether every update was handled, as far as was looked: then nobody has to look again. */
  #isEmpty = false;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Stores an update; one that was taken before is let go. */
  take(update: Inbound, now: number): void {
    this.#sql.exec(
      "INSERT OR IGNORE INTO inbox (update_id, body, taken_at) VALUES (?, ?, ?)",
      update.updateId,
      JSON.stringify(update),
      now,
    );
    this.#floor = this.#isEmpty ? update.updateId : Math.min(this.#floor, update.updateId);
    this.#isEmpty = false;
    this.#sql.exec(
      `DELETE FROM inbox WHERE body IS NULL AND taken_at < ?
        AND update_id IN (SELECT update_id FROM inbox ORDER BY update_id LIMIT ?)`,
      now - REMEMBERED_MS,
      SWEEP,
    );
  }

  /** The next update to handle: the one with the lowest number, since those may have come in disorder. */
  next(): Waiting | null {
    if (this.#isEmpty) return null;
    const row = first(
      this.#sql.exec(
        "SELECT update_id, body, taken_at FROM inbox WHERE update_id >= ? AND body IS NOT NULL ORDER BY update_id LIMIT 1",
        this.#floor,
      ),
    );
    this.#isEmpty = row === null;
    if (!row) return null;
    this.#floor = Number(row.update_id);
    const update = Inbound.safeParse(JSON.parse(String(row.body))).data ?? null;
    return { updateId: Number(row.update_id), update, takenAt: Number(row.taken_at) };
  }

  /** Marks an update as handled. */
  done(updateId: number): void {
    this.#sql.exec("UPDATE inbox SET body = NULL WHERE update_id = ?", updateId);
  }
}
