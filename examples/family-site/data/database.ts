import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { STEPS } from "./tables.ts";

/** The site's database: one file, synchronous, so that a transaction is never left half way by another request. */
export interface Database {
  /** All rows. `Row` is the caller's word for what the statement selects; the tables are STRICT. */
  all<Row>(sql: string, ...params: SQLInputValue[]): Row[];
  /** The first row, or `undefined`. */
  one<Row>(sql: string, ...params: SQLInputValue[]): Row | undefined;
  /** Runs a writing statement and returns the id of the last inserted row. */
  run(sql: string, ...params: SQLInputValue[]): number;
  /** All of `work` or none of it. Inside another transaction it simply belongs to that one. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** Opens the file (or `:memory:`), making its folder where it is missing and bringing the tables up to date. */
export function openDatabase(file: string): Database {
  if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true });
  const sqlite = new DatabaseSync(file);
  // NORMAL is safe against a crash of the process; a family site can live with a lost second after a power cut.
  sqlite.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;");
  sqlite.exec("PRAGMA busy_timeout = 2000;");
  const db = wrap(sqlite);
  try {
    updateTables(db, sqlite);
  } catch (error) {
    sqlite.close();
    throw error;
  }
  return db;
}

/** Brings the tables up to date, in one go: a step that fails leaves the database as it was. */
function updateTables(db: Database, sqlite: DatabaseSync): void {
  const version = db.one<{ user_version: number }>("PRAGMA user_version")?.user_version ?? 0;
  if (version === STEPS.length) return;
  if (version > STEPS.length)
    throw new Error(`The database has version ${version}, this site knows ${STEPS.length}`);
  const missing = STEPS.slice(version).join("");
  db.transaction(() => sqlite.exec(`${missing} PRAGMA user_version = ${STEPS.length};`));
}

function wrap(sqlite: DatabaseSync): Database {
  const prepared = new Map<string, StatementSync>();
  const statement = (sql: string) => {
    const known = prepared.get(sql) ?? sqlite.prepare(sql);
    prepared.set(sql, known);
    return known;
  };
  return {
    all: <Row>(sql: string, ...params: SQLInputValue[]) => statement(sql).all(...params) as Row[],
    one: <Row>(sql: string, ...params: SQLInputValue[]) => statement(sql).get(...params) as Row | undefined,
    run: (sql, ...params) => Number(statement(sql).run(...params).lastInsertRowid),
    transaction: (work) => (sqlite.isTransaction ? work() : transaction(sqlite, work)),
    close: () => sqlite.close(),
  };
}

function transaction<T>(sqlite: DatabaseSync, work: () => T): T {
  sqlite.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    sqlite.exec("COMMIT");
    return result;
  } catch (error) {
    if (sqlite.isTransaction) sqlite.exec("ROLLBACK");
    throw error;
  }
}
