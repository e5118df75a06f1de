import { Inbound } from "../../contract/inbound.ts";
import { first, type Sql } from "./sql.ts";

/**
 * How long a handled update is remembered. Telegram keeps an update for 24 hours, so it can come again until then.
 */
const REMEMBERED_MS = 48 * 60 * 60 * 1000;

/** Updates of one chat: taken once, handled in their order. */
export class Inbox {
  readonly #sql: Sql;

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
    this.#sql.exec("DELETE FROM inbox WHERE body IS NULL AND taken_at < ?", now - REMEMBERED_MS);
  }

  /** The next update to handle: the one with the lowest number, since those may have come in disorder. */
  next(): { readonly update: Inbound; readonly takenAt: number } | null {
    const row = first(
      this.#sql.exec("SELECT body, taken_at FROM inbox WHERE body IS NOT NULL ORDER BY update_id LIMIT 1"),
    );
    return row && { update: Inbound.parse(JSON.parse(String(row.body))), takenAt: Number(row.taken_at) };
  }

  /** Marks an update as handled. */
  done(updateId: number): void {
    this.#sql.exec("UPDATE inbox SET body = NULL WHERE update_id = ?", updateId);
  }
}
