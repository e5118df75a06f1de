import type { D1Database } from "@cloudflare/workers-types";
import { BOT_ID } from "./beseda.ts";

/** People with numbers one after another. */
export interface PeopleRange {
  readonly first: number;
  readonly count: number;
}

/** The numbers of these people. */
export function idsOf({ first, count }: PeopleRange): readonly number[] {
  return Array.from({ length: count }, (_, at) => first + at);
}

/** Rows of each table written in one transaction: a million at once would fill the memory with its journal. */
const AT_ONCE = 50_000;

/**
 * The numbers from ?3 to ?4, made by the database: nothing of them travels. D1 binds numbers as floating ones, whose
 * text would be "1.0".
 */
const NUMBERS = `WITH RECURSIVE numbers(id) AS
  (SELECT CAST(?3 AS INTEGER) UNION ALL SELECT id + 1 FROM numbers WHERE id < ?4)`;

/** A person, an account and a lead each, all of the same number, signed in. */
const TABLES = [
  `INSERT INTO persons (id, bot_id, first_name, role, created_at, updated_at)
   ${NUMBERS} SELECT id, ?1, 'Anna', 'user', ?2, ?2 FROM numbers`,
  `INSERT INTO web_users (bot_id, buid, person_id, web_user_id, linked_at)
   ${NUMBERS} SELECT ?1, printf('%016d', id), id, CAST(id AS TEXT), ?2 FROM numbers`,
  `INSERT INTO leads (id, bot_id, channel, external_id, first_name, person_id, language, created_at, last_activity_at)
   ${NUMBERS} SELECT id, ?1, 'telegram', CAST(id AS TEXT), 'Anna', id, 'ru', ?2, ?2 FROM numbers`,
];

/** Puts signed-in people into the database. Their conversations know nothing of it and find their lead by themselves. */
export async function insertLeads(db: D1Database, { first, count }: PeopleRange): Promise<void> {
  const now = Date.now();
  for (let from = first; from < first + count; from += AT_ONCE) {
    const to = Math.min(from + AT_ONCE, first + count) - 1;
    await db.batch(TABLES.map((sql) => db.prepare(sql).bind(BOT_ID, now, from, to)));
  }
}
