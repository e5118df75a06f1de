import { first, type Sql } from "./sql.ts";

/**
 * Brings the tables of one conversation to today's shape, step by step from whatever shape it was left in: a
 * conversation may sleep over many deploys.
 */
export function makeTables(sql: Sql): void {
  sql.exec("CREATE TABLE IF NOT EXISTS shape (steps INTEGER NOT NULL)");
  const done = Number(first(sql.exec("SELECT steps FROM shape"))?.steps ?? 0);
  // Older code that comes back after a roll-back leaves the newer shape as it is.
  if (done >= STEPS.length) return;
  sql.transaction(() => {
    for (const statement of STEPS.slice(done).flat()) sql.exec(statement);
    sql.exec("DELETE FROM shape");
    sql.exec("INSERT INTO shape (steps) VALUES (?)", STEPS.length);
  });
}

const FIRST = [
  // Small facts by name: the lead, the bot, when they were last seen.
  "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
  // Updates taken. One that was handled stays without its body, so that it is known when it comes again.
  "CREATE TABLE inbox (update_id INTEGER PRIMARY KEY, body TEXT, taken_at INTEGER NOT NULL)",
  // Open runs. `due_at` is set while a step is to be played, `prompt` holds what a waiting run waits for,
  // `has_left` whether the person has gone elsewhere since,
  // `turn` which of them asked, or began, last.
  `CREATE TABLE runs (
    run_id TEXT PRIMARY KEY, alias TEXT NOT NULL, step TEXT NOT NULL, data TEXT NOT NULL, moves INTEGER NOT NULL,
    hops INTEGER NOT NULL, input TEXT NOT NULL, prompt TEXT, due_at INTEGER, holds INTEGER NOT NULL,
    tries INTEGER NOT NULL, has_left INTEGER NOT NULL, active_since INTEGER NOT NULL,
    turn INTEGER NOT NULL, call_id TEXT, seq INTEGER, user_id TEXT
  ) WITHOUT ROWID`,
  // Effects of the steps under way, by ordinal.
  `CREATE TABLE effects (
    run_id TEXT NOT NULL, ordinal INTEGER NOT NULL, result TEXT, PRIMARY KEY (run_id, ordinal)
  ) WITHOUT ROWID`,
  // What became of the deliveries handed to this conversation; `told` is 0 until the ledger was told.
  `CREATE TABLE deliveries (
    call_id TEXT NOT NULL, seq INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT, told INTEGER NOT NULL,
    at INTEGER NOT NULL, PRIMARY KEY (call_id, seq)
  ) WITHOUT ROWID`,
];

/** The first shape, and what was changed since, in order. A step that was deployed is never edited: a change is a new one. */
const STEPS: readonly (readonly string[])[] = [FIRST];
