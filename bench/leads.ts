import type { D1Database } from "@cloudflare/workers-types";
import { BOT_ID } from "./beseda.ts";

/**
 * Puts signed-in people into the database: a person, an account and a lead each, all of the same number. Their
 * conversations know nothing of it and find their lead by themselves.
 */
export async function insertLeads(db: D1Database, ids: readonly number[]): Promise<void> {
  const json = JSON.stringify(ids);
  const now = Date.now();
  await db.batch([
    db
      .prepare(
        `INSERT INTO persons (id, bot_id, first_name, role, created_at, updated_at)
         SELECT value, ?2, 'Anna', 'user', ?3, ?3 FROM json_each(?1)`,
      )
      .bind(json, BOT_ID, now),
    db
      .prepare(
        `INSERT INTO web_users (bot_id, buid, person_id, web_user_id, linked_at)
         SELECT ?2, printf('%016d', value), value, CAST(value AS TEXT), ?3 FROM json_each(?1)`,
      )
      .bind(json, BOT_ID, now),
    db
      .prepare(
        `INSERT INTO leads (id, bot_id, channel, external_id, first_name, person_id, language, created_at,
          last_activity_at)
         SELECT value, ?2, 'telegram', CAST(value AS TEXT), 'Anna', value, 'ru', ?3, ?3 FROM json_each(?1)`,
      )
      .bind(json, BOT_ID, now),
  ]);
}
