import { DatabaseSync } from "node:sqlite";
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
  return {
    exec: (query, ...bindings) => db.prepare(query).all(...bindings) as Record<string, Value>[],
    transaction(work) {
      db.exec("BEGIN");
      try {
        const result = work();
        db.exec("COMMIT");
        return result;
      } catch (error) {
        db.exec("ROLLBACK");
        throw error;
      }
    },
  };
}
