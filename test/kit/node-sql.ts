import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Sql, Value } from "../../durable-objects/conversation/sql.ts";
import { makeTables } from "../../durable-objects/conversation/tables.ts";

/** A conversation's SQLite in memory, with its tables: the same statements as in a Durable Object, run by Node. */
export function nodeSql(): Sql {
  const sql = emptySql();
  makeTables(sql);
  return sql;
}

/** The same, without any table. */
export function emptySql(): Sql {
  const db = new DatabaseSync(":memory:");
  // Each statement is read but once: some tests have very many.
  const known = new Map<string, StatementSync>();
  const statement = (query: string) => {
    const found = known.get(query) ?? db.prepare(query);
    known.set(query, found);
    return found;
  };
  return {
    exec: (query, ...bindings) => statement(query).all(...bindings) as Record<string, Value>[],
    transaction(work) {
      statement("BEGIN").run();
      try {
        const result = work();
        statement("COMMIT").run();
        return result;
      } catch (error) {
        statement("ROLLBACK").run();
        throw error;
      }
    },
  };
}
