import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Sql, Value } from "../../../durable-objects/conversation/sql.ts";
import { makeTables } from "../../../durable-objects/conversation/tables.ts";

/** The rows of one conversation, as in `test/kit/node-sql.ts`; statements are read but once, since there are very many. */
export function fireRows(): Sql {
  const db = new DatabaseSync(":memory:");
  const known = new Map<string, StatementSync>();
  const statement = (query: string) => {
    const found = known.get(query) ?? db.prepare(query);
    known.set(query, found);
    return found;
  };
  const sql: Sql = {
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
  makeTables(sql);
  return sql;
}

/** The rows as one process reaches them: not any more once it is dead, whatever of it still runs. */
export class ProcessRows implements Sql {
  isDead = false;
  readonly #rows: Sql;

  constructor(rows: Sql) {
    this.#rows = rows;
  }

  exec(query: string, ...bindings: Value[]): Record<string, Value>[] {
    this.#live();
    return this.#rows.exec(query, ...bindings);
  }

  transaction<T>(work: () => T): T {
    this.#live();
    return this.#rows.transaction(work);
  }

  #live(): void {
    if (this.isDead) throw new Error("The process is dead");
  }
}
