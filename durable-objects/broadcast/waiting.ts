import { Candidate } from "../../contract/delivery.ts";

/** Recipients who could not be told yet, each with the time at which to try again. */
export class Waiting {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(
      "CREATE TABLE IF NOT EXISTS waiting (seq INTEGER PRIMARY KEY, recipient TEXT NOT NULL, at INTEGER NOT NULL)",
    );
    sql.exec("CREATE INDEX IF NOT EXISTS waiting_by_time ON waiting (at)");
  }

  /** Has somebody wait until `at` (milliseconds since 1970). */
  put(candidate: Candidate, at: number): void {
    this.#sql.exec(
      "INSERT OR REPLACE INTO waiting (seq, recipient, at) VALUES (?, ?, ?)",
      candidate.seq,
      JSON.stringify(candidate),
      at,
    );
  }

  /** Up to `limit` of those whose time has come. */
  due(now: number, limit: number): readonly Candidate[] {
    const rows = this.#sql
      .exec("SELECT recipient FROM waiting WHERE at <= ? ORDER BY at LIMIT ?", now, limit)
      .toArray();
    return rows.map((row) => Candidate.parse(JSON.parse(String(row.recipient))));
  }

  /** They wait no more. */
  remove(candidates: readonly Candidate[]): void {
    for (const { seq } of candidates) this.#sql.exec("DELETE FROM waiting WHERE seq = ?", seq);
  }

  /** When the next one's time comes, or `null` where nobody waits. */
  nextAt(): number | null {
    const [row] = this.#sql.exec("SELECT min(at) AS at FROM waiting").toArray();
    return row?.at == null ? null : Number(row.at);
  }
}
