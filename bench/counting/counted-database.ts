import type { D1Database, D1PreparedStatement, D1Result } from "@cloudflare/workers-types";
import { type Tally, tableOf } from "./tally.ts";

/** A statement within its wrapping, for `batch`, and its text. */
const INSIDE = Symbol("the statement itself");

interface CountedStatement {
  readonly [INSIDE]: { readonly statement: D1PreparedStatement; readonly query: string };
  bind(...values: unknown[]): CountedStatement;
  all(): Promise<D1Result>;
  run(): Promise<D1Result>;
  first(column?: string): Promise<unknown>;
  raw(): Promise<unknown[][]>;
}

/** The same database, its statements and the rows they read and write counted in `tally`. */
export function countedDatabase(database: D1Database, tally: Tally) {
  return {
    prepare: (query: string) => countedStatement(database.prepare(query), query, tally),
    async batch(statements: readonly CountedStatement[]) {
      for (const statement of statements) begin(tally, statement[INSIDE].query);
      const results = await database.batch(statements.map((counted) => counted[INSIDE].statement));
      for (const [at, result] of results.entries()) end(tally, statements[at]?.[INSIDE].query ?? "", result);
      return results;
    },
  };
}

function countedStatement(statement: D1PreparedStatement, query: string, tally: Tally): CountedStatement {
  const counted = async (): Promise<D1Result> => {
    begin(tally, query);
    const result = await statement.all();
    end(tally, query, result);
    return result;
  };
  return {
    [INSIDE]: { statement, query },
    bind: (...values) => countedStatement(statement.bind(...values), query, tally),
    all: counted,
    run: counted,
    async first(column) {
      const [row] = (await counted()).results as Record<string, unknown>[];
      return row && column ? row[column] : (row ?? null);
    },
    async raw() {
      // `raw` tells no numbers, and `all` loses columns of one name: what only reads is asked once more for them.
      const { results } = await counted();
      return /^\s*(select|with)\b/i.test(query)
        ? statement.raw()
        : results.map((row) => Object.values(row as object));
    },
  };
}

function begin(tally: Tally, query: string): void {
  tally.add("d1Queries", tableOf(query), 1);
  if (!tally.has("botRequests")) tally.add("d1QueriesBeforeAnswer", tableOf(query), 1);
}

function end(tally: Tally, query: string, { meta }: D1Result): void {
  tally.add("d1RowsRead", tableOf(query), meta.rows_read);
  tally.add("d1RowsWritten", tableOf(query), meta.rows_written);
}
