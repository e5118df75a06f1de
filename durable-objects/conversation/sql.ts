/** A value of a column, as SQLite gives it. */
export type Value = string | number | null;

/** The SQLite of one conversation; in production a Durable Object's own. */
export interface Sql {
  /** Runs one statement and returns its rows. */
  exec(query: string, ...bindings: Value[]): Record<string, Value>[];
  /** Does all of `work` or nothing of it. */
  transaction<T>(work: () => T): T;
}

/** The one row of a query, or `null`. */
export function first(rows: Record<string, Value>[]): Record<string, Value> | null {
  return rows[0] ?? null;
}
