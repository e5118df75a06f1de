import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Bodies are Telegram's own JSON: the emulator keeps what it shows, and a new field needs no migration. */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS bots (
    id INTEGER PRIMARY KEY, token TEXT NOT NULL, username TEXT NOT NULL, first_name TEXT NOT NULL,
    last_update_id INTEGER NOT NULL DEFAULT 700000000, last_message_id INTEGER NOT NULL DEFAULT 0,
    webhook TEXT, commands TEXT NOT NULL DEFAULT '{}', menu_buttons TEXT NOT NULL DEFAULT '{}');
  CREATE TABLE IF NOT EXISTS people (id INTEGER PRIMARY KEY, phone_number TEXT, body TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS chats (
    bot_id INTEGER, user_id INTEGER, blocked INTEGER NOT NULL DEFAULT 0,
    revision INTEGER NOT NULL DEFAULT 0, keyboard TEXT, PRIMARY KEY (bot_id, user_id));
  CREATE TABLE IF NOT EXISTS messages (
    bot_id INTEGER, user_id INTEGER, message_id INTEGER, revision INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (bot_id, user_id, message_id));
  CREATE TABLE IF NOT EXISTS files (
    id TEXT PRIMARY KEY, path TEXT NOT NULL UNIQUE, type TEXT NOT NULL, name TEXT NOT NULL,
    width INTEGER NOT NULL, height INTEGER NOT NULL, duration INTEGER NOT NULL DEFAULT 0, bytes BLOB NOT NULL);
  CREATE TABLE IF NOT EXISTS updates (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, bot_id INTEGER NOT NULL, queue TEXT NOT NULL,
    created_at INTEGER NOT NULL, body TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS callbacks (
    id TEXT PRIMARY KEY, bot_id INTEGER NOT NULL, user_id INTEGER NOT NULL, created_at INTEGER NOT NULL, answer TEXT);
  CREATE TABLE IF NOT EXISTS sms (
    id INTEGER PRIMARY KEY AUTOINCREMENT, phone TEXT NOT NULL, text TEXT NOT NULL, date INTEGER NOT NULL);
`;

/**
 * Opens the emulator's state, in a file or in memory.
 *
 * `synchronous = OFF`: a power cut may lose the last chats of a developer's day, a broadcast is ten times faster.
 */
export function openDatabase(file?: string): DatabaseSync {
  if (file !== undefined) mkdirSync(dirname(file), { recursive: true });
  const db = new DatabaseSync(file ?? ":memory:");
  db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;");
  db.exec(SCHEMA);
  addDuration(db);
  return db;
}

/** A file of before there was voice has no column for how long it lasts. */
function addDuration(db: DatabaseSync): void {
  const known = db.prepare("SELECT 1 FROM pragma_table_info('files') WHERE name = 'duration'").get();
  if (!known) db.exec("ALTER TABLE files ADD COLUMN duration INTEGER NOT NULL DEFAULT 0");
}
