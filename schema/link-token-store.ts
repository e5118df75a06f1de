import { sql } from "drizzle-orm";
import type { FormLink, LeadOfBot, StartLink } from "../contract/ports.ts";
import { ask, type Database, together } from "./database.ts";

/** Links whose time was over are told from those that never were for so long; milliseconds. */
const KEPT_MS = 24 * 60 * 60_000;
/** Most old links thrown away at one time; the cron comes every five minutes. */
const SWEEP = 5_000;

/** Keeps a link to a page without a PIN, by its token's hash. Kept again, it is kept once. @param now milliseconds since 1970 */
export async function keepFormLink(
  db: Database,
  { botId, leadId }: LeadOfBot,
  { path, expiresAt }: FormLink,
  hash: string,
  now: number,
): Promise<void> {
  await together(db, [
    sql`INSERT INTO link_tokens (hash, bot_id, kind, lead_id, path, created_at, expires_at)
      VALUES (${hash}, ${botId}, 'form', ${leadId}, ${path}, ${now}, ${expiresAt}) ON CONFLICT DO NOTHING`,
  ]);
}

/** Keeps a link of a user into the messenger, by its token's hash; one that was made before is good no more. */
export async function keepStartLink(
  db: Database,
  link: {
    readonly botId: string;
    readonly userId: string;
    readonly hash: string;
    readonly now: number;
    readonly expiresAt: number;
  },
): Promise<void> {
  const { botId, userId, hash, now, expiresAt } = link;
  await together(db, [
    sql`UPDATE link_tokens SET ended_at = ${now} WHERE bot_id = ${botId} AND web_user_id = ${userId}
      AND kind = 'start' AND ended_at IS NULL AND hash <> ${hash}`,
    sql`INSERT INTO link_tokens (hash, bot_id, kind, web_user_id, created_at, expires_at)
      VALUES (${hash}, ${botId}, 'start', ${userId}, ${now}, ${expiresAt}) ON CONFLICT DO NOTHING`,
  ]);
}

/** Ends the links of a user into the messenger, whether that user is linked by now or not. @param now milliseconds since 1970 */
export async function endStartLinksOf(
  db: Database,
  botId: string,
  userId: string,
  now: number,
): Promise<void> {
  await together(db, [
    sql`UPDATE link_tokens SET ended_at = ${now} WHERE bot_id = ${botId} AND web_user_id = ${userId}
      AND kind = 'start' AND ended_at IS NULL`,
  ]);
}

/** Takes a link into the messenger for a lead; of two leads at the same time one has it. */
export async function takeStartLink(
  db: Database,
  { botId, leadId }: LeadOfBot,
  hash: string,
  now: number,
): Promise<StartLink> {
  const [taken] = await ask(
    db.all<{ userId: string }>(sql`UPDATE link_tokens SET lead_id = ${leadId}
      WHERE hash = ${hash} AND bot_id = ${botId} AND kind = 'start' AND ended_at IS NULL AND expires_at > ${now}
        AND (lead_id IS NULL OR lead_id = ${leadId}) RETURNING web_user_id AS "userId"`),
  );
  if (taken) return { kind: "good", userId: taken.userId };
  const [used] = await ask(
    db.all(sql`SELECT 1 FROM link_tokens WHERE hash = ${hash} AND bot_id = ${botId} AND kind = 'start'
      AND lead_id IS NOT NULL AND lead_id <> ${leadId}`),
  );
  return { kind: used ? "used" : "expired" };
}

/** The lead that a link without a PIN names, and its page; `null` where the link is not good, or not good any more. */
export async function findFormLink(
  db: Database,
  botId: string,
  hash: string,
  now: number,
): Promise<{ readonly leadId: number; readonly path: string } | null> {
  const [row] = await ask(
    db.all<{ leadId: number; path: string }>(sql`SELECT lead_id AS "leadId", path FROM link_tokens
      WHERE hash = ${hash} AND bot_id = ${botId} AND kind = 'form' AND ended_at IS NULL AND expires_at > ${now}`),
  );
  return row ?? null;
}

/** Throws away links whose time was over long ago, some at a time. */
export async function sweepLinks(db: Database, now: number): Promise<void> {
  await together(db, [
    sql`DELETE FROM link_tokens WHERE hash IN (
      SELECT hash FROM link_tokens WHERE expires_at < ${now - KEPT_MS} LIMIT ${SWEEP})`,
  ]);
}
