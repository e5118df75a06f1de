import { type SQL, sql } from "drizzle-orm";
import { RETENTION_DAYS } from "../contract/defaults.ts";
import { type Database, together } from "./database.ts";

const DAY_MS = 24 * 60 * 60_000;
/** Most calls, pages of the ledger and letters thrown away at one time; the cron comes every five minutes. */
const CALLS = 200;
const PAGES = 5_000;
const LETTERS = 5_000;

/**
 * Throws away calls that ended longer ago than their bot keeps them, with their ledger, and old dead letters; some at
 * a time. A call that has not ended stays, however old.
 * @param now milliseconds since 1970
 */
export async function sweepOld(db: Database, now: number): Promise<void> {
  const old = oldCalls(now);
  await together(db, [
    sql`DELETE FROM ledger_pages WHERE (call_id, page) IN (
      SELECT call_id, page FROM ledger_pages WHERE call_id IN (${old}) LIMIT ${PAGES})`,
    // What is left of a great ledger goes the next time, and its call with the last of it.
    sql`DELETE FROM calls WHERE id IN (${old})
      AND NOT EXISTS (SELECT 1 FROM ledger_pages WHERE call_id = calls.id)`,
    sql`DELETE FROM dead_letters WHERE id IN (${oldLetters(now)})`,
  ]);
}

/**
 * From one bot that has letters to the next, by their index, which has those of none first: a letter's bot need not be
 * one of ours, and letters that are young are not read.
 */
function oldLetters(now: number): SQL {
  return sql`WITH RECURSIVE owners(id) AS (
      SELECT NULL
      UNION
      SELECT (SELECT min(bot_id) FROM dead_letters WHERE bot_id > coalesce(owners.id, '')) FROM owners
    )
    SELECT dead_letters.id FROM owners LEFT JOIN bots ON bots.id = owners.id
    CROSS JOIN dead_letters ON dead_letters.bot_id IS owners.id
      AND dead_letters.created_at < ${now} - coalesce(bots.retention_days, ${RETENTION_DAYS}) * ${DAY_MS}
    LIMIT ${LETTERS}`;
}

/** By the index of a bot's calls: one that ended long ago was made long ago. */
function oldCalls(now: number): SQL {
  const since = sql`${now} - bots.retention_days * ${DAY_MS}`;
  return sql`SELECT calls.id FROM bots CROSS JOIN calls ON calls.bot_id = bots.id AND calls.created_at < ${since}
    WHERE calls.state IN ('finished', 'cancelled') AND calls.finished_at < ${since}
    ORDER BY calls.bot_id, calls.created_at LIMIT ${CALLS}`;
}
