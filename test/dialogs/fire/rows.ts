import type { Sql, Value } from "../../../durable-objects/conversation/sql.ts";

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
