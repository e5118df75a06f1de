import { sha256 } from "../../contract/digest.ts";
import { newToken } from "../../schema/api-tokens.ts";
import type { RunningWorker } from "./worker.ts";

/** What a token of a test may do, and until when. */
export interface TokenPlan {
  readonly bots?: readonly string[];
  readonly aliases?: readonly string[];
  /** Milliseconds since 1970. */
  readonly expiresAt?: number;
  readonly revokedAt?: number;
}

/** Issues a token as an administrator does; for bot 1 and everything unless the plan says otherwise. */
export async function issueToken(worker: RunningWorker, plan: TokenPlan = {}): Promise<string> {
  const { bots = ["1"], aliases = ["*"], expiresAt = null, revokedAt = null } = plan;
  const { token, hash } = await newToken();
  const db = await worker.database();
  await db
    .prepare(
      `INSERT INTO api_tokens (id, name, hash, bots, aliases, created_at, expires_at, revoked_at)
       VALUES (?, 'test', ?, ?, ?, ?, ?, ?)`,
    )
    .bind(
      crypto.randomUUID(),
      hash,
      JSON.stringify(bots),
      JSON.stringify(aliases),
      Date.now(),
      expiresAt,
      revokedAt,
    )
    .run();
  return token;
}

/** Revokes a token. */
export async function revokeToken(worker: RunningWorker, token: string): Promise<void> {
  const db = await worker.database();
  const hash = await sha256(token);
  await db.prepare("UPDATE api_tokens SET revoked_at = ? WHERE hash = ?").bind(Date.now(), hash).run();
}

/** Adds bot 2, which is bot 1 under another id and with English for its language. */
export async function addSecondBot(worker: RunningWorker): Promise<void> {
  const db = await worker.database();
  await db
    .prepare(
      `INSERT INTO bots (id, name, username, locale, time_zone, site_url, channel_token, system_url, system_token, created_at)
       SELECT '2', 'Second', 'second_bot', 'en', time_zone, site_url, channel_token, system_url, system_token, created_at
       FROM bots WHERE id = '1'`,
    )
    .run();
}
