import { Candidate } from "../../contract/delivery.ts";

/** Recipients who could not be told yet, each with the time at which to try again. */
export class Waiting {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(
      `CREATE TABLE IF NOT EXISTS waiting (seq INTEGER PRIMARY KEY, recipient TEXT NOT NULL, at INTEGER NOT NULL,
        has_left INTEGER NOT NULL)`,
    );
    sql.exec("CREATE INDEX IF NOT EXISTS waiting_by_time ON waiting (at)");
  }

  /**
   * Has somebody wait until `at` (milliseconds since 1970).
   * @param mayHaveLeft whether something of their message has left, for all that is known
   */
  put(candidate: Candidate, at: number, mayHaveLeft: boolean): void {
    this.#sql.exec(
      "INSERT OR REPLACE INTO waiting (seq, recipient, at, has_left) VALUES (?, ?, ?, ?)",
      candidate.seq,
      JSON.stringify(candidate),
      at,
      mayHaveLeft ? 1 : 0,
    );
  }

  /**
   * Up to `limit` of those whose time has come. Who was kept in a shape that today's code does not read waits no more:
   * the ledger has them, for the next round.
   */
  due(now: number, limit: number): readonly Candidate[] {
    const rows = this.#sql
      .exec("SELECT seq, recipient FROM waiting WHERE at <= ? ORDER BY at LIMIT ?", now, limit)
      .toArray();
    return rows.flatMap(({ seq, recipient }) => {
      const candidate = Candidate.safeParse(JSON.parse(String(recipient)));
      if (candidate.success) return [candidate.data];
      this.#remove(Number(seq));
      return [];
    });
  }

  /** Which of those between two numbers of the ledger wait. */
  between(first: number, last: number): ReadonlySet<number> {
    const rows = this.#sql.exec("SELECT seq FROM waiting WHERE seq BETWEEN ? AND ?", first, last).toArray();
    return new Set(rows.map(({ seq }) => Number(seq)));
  }

  /** Nobody is tried again: only those wait on of whom something may have left. */
  keepLeft(): void {
    this.#sql.exec("DELETE FROM waiting WHERE has_left = 0");
  }

  /** They wait no more. */
  remove(candidates: readonly Candidate[]): void {
    for (const { seq } of candidates) this.#remove(seq);
  }

  #remove(seq: number): void {
    this.#sql.exec("DELETE FROM waiting WHERE seq = ?", seq);
  }

  /** When the next one's time comes, or `null` where nobody waits. */
  nextAt(): number | null {
    const [row] = this.#sql.exec("SELECT min(at) AS at FROM waiting").toArray();
    return row?.at == null ? null : Number(row.at);
  }
}
