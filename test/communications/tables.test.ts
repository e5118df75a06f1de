import { describe, expect, it } from "vitest";
import { makeTables, shapes } from "../../durable-objects/conversation/tables.ts";
import { emptySql } from "../kit/node-sql.ts";

const columnsOf = (sql: ReturnType<typeof emptySql>) =>
  ["facts", "inbox", "runs", "deliveries"].map((table) => [
    table,
    sql
      .exec("SELECT name, type, pk FROM pragma_table_info(?)", table)
      .map(({ name, type, pk }) => [name, type, pk]),
  ]);

describe("the tables of a conversation", () => {
  it("are the same, whether it is new or comes from the first shape, and what was begun stays known", () => {
    const fresh = emptySql();
    const old = emptySql();
    for (const statement of shapes.steps[0] ?? []) old.exec(statement);
    old.exec("CREATE TABLE shape (steps INTEGER NOT NULL)");
    old.exec("INSERT INTO shape (steps) VALUES (1)");
    old.exec("INSERT INTO deliveries VALUES ('call-1', 0, 'sent', NULL, 1, 5)");

    old.exec(
      `INSERT INTO runs (run_id, alias, step, data, moves, hops, input, holds, tries, has_left, active_since, turn)
        VALUES ('run-1', 'post/new', 'start', '{}', 1, 0, '{"kind":"none"}', 1, 0, 0, 0, 1)`,
    );
    old.exec("INSERT INTO effects VALUES ('run-1', 0, '{\"value\":1}'), ('run-1', 1, NULL)");

    makeTables(fresh);
    makeTables(old);

    const [run] = old.exec("SELECT log FROM runs");
    expect(JSON.parse(String(run?.log))).toEqual([
      [0, '{"value":1}'],
      [1, null],
    ]);
    expect(columnsOf(old)).toEqual(columnsOf(fresh));
    expect(old.exec("SELECT call_id, state FROM deliveries")).toEqual([{ call_id: "call-1", state: "sent" }]);
  });
});
