import type { D1Database } from "@cloudflare/workers-types";

/**
 * Puts people who are signed in into a bot's database: a person, an account and a lead each, all of one number, which is
 * also that of their chat. Nobody has spoken with them yet.
 */
export async function insertCrowd(db: D1Database, botId: string, ids: readonly number[]): Promise<void> {
  const given = [JSON.stringify(ids), botId, Date.now()] as const;
  const everybody = [
    `INSERT INTO persons (id, bot_id, first_name, role, created_at, updated_at)
      SELECT value, ?2, 'Анна', 'user', ?3, ?3 FROM json_each(?1)`,
    `INSERT INTO web_users (bot_id, buid, person_id, web_user_id, linked_at)
      SELECT ?2, printf('%016d', value), value, CAST(value AS TEXT), ?3 FROM json_each(?1)`,
    `INSERT INTO leads (id, bot_id, channel, external_id, first_name, person_id, language, created_at, last_activity_at)
      SELECT value, ?2, 'telegram', CAST(value AS TEXT), 'Анна', value, 'ru', ?3, ?3 FROM json_each(?1)`,
  ];
  await db.batch(everybody.map((insert) => db.prepare(insert).bind(...given)));
}
