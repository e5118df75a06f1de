import type { Sql } from "./sql.ts";

/** The tables of one conversation. Made when it wakes; a table that is there stays as it is. */
export function makeTables(sql: Sql): void {
  for (const table of TABLES) sql.exec(table);
}

const TABLES = [
  // Small facts by name: the lead, the bot, when they were last seen.
  "CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
  // Updates taken. One that was handled stays without its body, so that it is known when it comes again.
  "CREATE TABLE IF NOT EXISTS inbox (update_id INTEGER PRIMARY KEY, body TEXT, taken_at INTEGER NOT NULL)",
  // Open runs. `due_at` is set while a step is to be played, `prompt` holds what a waiting run waits for.
  `CREATE TABLE IF NOT EXISTS runs (
    run_id TEXT PRIMARY KEY, alias TEXT NOT NULL, step TEXT NOT NULL, data TEXT NOT NULL, moves INTEGER NOT NULL,
    hops INTEGER NOT NULL, input TEXT NOT NULL, prompt TEXT, due_at INTEGER, holds INTEGER NOT NULL,
    tries INTEGER NOT NULL, active_since INTEGER NOT NULL, opened INTEGER NOT NULL, call_id TEXT, seq INTEGER, user_id TEXT
  ) WITHOUT ROWID`,
  // Effects of the steps under way, by ordinal.
  `CREATE TABLE IF NOT EXISTS effects (
    run_id TEXT NOT NULL, ordinal INTEGER NOT NULL, result TEXT, PRIMARY KEY (run_id, ordinal)
  ) WITHOUT ROWID`,
  // What became of the deliveries handed to this conversation; `told` is 0 until the ledger was told.
  `CREATE TABLE IF NOT EXISTS deliveries (
    call_id TEXT NOT NULL, seq INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT, told INTEGER NOT NULL,
    at INTEGER NOT NULL, PRIMARY KEY (call_id, seq)
  ) WITHOUT ROWID`,
];
