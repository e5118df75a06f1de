import { first, type Sql } from "./sql.ts";

/**
 * Brings the tables of one conversation to today's shape, step by step from whatever shape it was left in: a
 * conversation may sleep over many deploys.
 */
export function makeTables(sql: Sql): void {
  // Asked first: a CREATE TABLE begins a transaction even where there is nothing to create.
  if (sql.exec("SELECT 1 AS one FROM sqlite_master WHERE name = 'shape'").length === 0)
    sql.exec("CREATE TABLE shape (steps INTEGER NOT NULL)");
  const done = Number(first(sql.exec("SELECT steps FROM shape"))?.steps ?? 0);
  // Older code that comes back after a roll-back leaves the newer shape as it is.
  if (done >= STEPS.length) return;
  sql.transaction(() => {
    const statements = done === 0 ? TODAY : STEPS.slice(done).flat();
    for (const statement of statements) sql.exec(statement);
    sql.exec("DELETE FROM shape");
    sql.exec("INSERT INTO shape (steps) VALUES (?)", STEPS.length);
  });
}

const FACTS = "CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID";
const INBOX = "CREATE TABLE inbox (update_id INTEGER PRIMARY KEY, body TEXT, taken_at INTEGER NOT NULL)";
const RUNS = `run_id TEXT PRIMARY KEY, alias TEXT NOT NULL, step TEXT NOT NULL, data TEXT NOT NULL, moves INTEGER NOT NULL,
    hops INTEGER NOT NULL, input TEXT NOT NULL, prompt TEXT, due_at INTEGER, holds INTEGER NOT NULL,
    tries INTEGER NOT NULL, has_left INTEGER NOT NULL, active_since INTEGER NOT NULL,
    turn INTEGER NOT NULL, call_id TEXT, seq INTEGER, user_id TEXT`;
const DELIVERIES = `call_id TEXT NOT NULL, seq INTEGER NOT NULL, run_id TEXT NOT NULL, state TEXT NOT NULL, reason TEXT,
    cause TEXT, told INTEGER NOT NULL, at INTEGER NOT NULL`;

const WAKES = ["wake_at INTEGER", "wake_step TEXT", "critical INTEGER NOT NULL DEFAULT 0"];
/** Dialogs that are planned, by their keys. */
const REMINDERS = `CREATE TABLE reminders (key TEXT PRIMARY KEY, alias TEXT NOT NULL, data TEXT NOT NULL, at INTEGER NOT NULL,
    critical INTEGER NOT NULL) WITHOUT ROWID`;
/** Deliveries that came while the person wanted quiet, in the order in which they came. */
const KEPT_DELIVERIES = `CREATE TABLE kept (id INTEGER PRIMARY KEY, call_id TEXT NOT NULL, seq INTEGER NOT NULL,
    alias TEXT NOT NULL, user_id TEXT, at INTEGER NOT NULL, expires_at INTEGER)`;

/** Today's shape, for a conversation that is new: made at once, since each step writes rows, and rows are paid for. */
const TODAY: readonly string[] = [
  // Small facts by name: the lead, the bot, when they were last seen.
  FACTS,
  // Updates taken. One that was handled stays without its body, so that it is known when it comes again.
  INBOX,
  // Open runs. `due_at` is set while a step is to be played, `prompt` holds what a waiting run waits for,
  // `has_left` whether the person has gone elsewhere since, `turn` which of them asked, or began, last, `log` what is
  // known of the effects of the step that it is at, `wake_at` when a run that waits or sleeps goes on by itself.
  `CREATE TABLE runs (${RUNS}, log TEXT, ${WAKES.join(", ")}) WITHOUT ROWID`,
  // What became of the deliveries handed to this conversation; `told` is 0 until the ledger was told. A delivery costs
  // two rows written, one before its message leaves and one after. So that forgetting it costs none, a row that is too
  // old is used again; without an index, which would be one more row for each.
  `CREATE TABLE deliveries (${DELIVERIES})`,
  REMINDERS,
  KEPT_DELIVERIES,
];

/**
 * How the shape came about, in order, for conversations that slept meanwhile. A step that was deployed is never edited:
 * a change is a new one, and is made in `TODAY` too.
 */
const STEPS: readonly (readonly string[])[] = [
  [
    FACTS,
    INBOX,
    `CREATE TABLE runs (${RUNS}) WITHOUT ROWID`,
    `CREATE TABLE effects (
      run_id TEXT NOT NULL, ordinal INTEGER NOT NULL, result TEXT, PRIMARY KEY (run_id, ordinal)
    ) WITHOUT ROWID`,
    `CREATE TABLE deliveries (
      call_id TEXT NOT NULL, seq INTEGER NOT NULL, state TEXT NOT NULL, reason TEXT, told INTEGER NOT NULL,
      at INTEGER NOT NULL, PRIMARY KEY (call_id, seq)
    ) WITHOUT ROWID`,
  ],
  [
    `CREATE TABLE handed (${DELIVERIES})`,
    "INSERT INTO handed SELECT call_id, seq, '', state, reason, NULL, told, at FROM deliveries",
    "DROP TABLE deliveries",
    "ALTER TABLE handed RENAME TO deliveries",
    "ALTER TABLE runs ADD COLUMN begun INTEGER",
  ],
  [
    "ALTER TABLE runs ADD COLUMN log TEXT",
    "UPDATE runs SET log = json_array(json_array(begun, NULL)) WHERE begun IS NOT NULL",
    `UPDATE runs SET log = (SELECT json_group_array(json_array(ordinal, result)) FROM effects
      WHERE effects.run_id = runs.run_id) WHERE run_id IN (SELECT run_id FROM effects)`,
    "ALTER TABLE runs DROP COLUMN begun",
    "DROP TABLE effects",
  ],
  [...WAKES.map((column) => `ALTER TABLE runs ADD COLUMN ${column}`), REMINDERS, KEPT_DELIVERIES],
];

/** For the test that both ways lead to one shape. */
export const shapes = { today: TODAY, steps: STEPS };
