import { and, eq, gt, isNull, lt, or, sql } from "drizzle-orm";
import { sha256 } from "../contract/digest.ts";
import { type ApiToken, apiTokens } from "./api-tokens.ts";
import { ask, type Database } from "./database.ts";

/** How exactly `last_used_at` is kept: finer would cost a write at every call. */
const USE_STAMP_MS = 60_000;

/**
 * The token's row, where it is good at this time; else `null`. Found by its hash, so no comparison of the token
 * itself could tell anything by its time.
 */
export async function findToken(db: Database, token: string, now: Date): Promise<ApiToken | null> {
  const [row] = await ask(
    db
      .select()
      .from(apiTokens)
      .where(and(eq(apiTokens.hash, await sha256(token)), isGood(now)))
      .limit(1),
  );
  return row ?? null;
}

/** A token by its id, where it is good at this time; else `null`. */
export async function tokenById(db: Database, id: string, now: Date): Promise<ApiToken | null> {
  const [row] = await ask(
    db
      .select()
      .from(apiTokens)
      .where(and(eq(apiTokens.id, id), isGood(now)))
      .limit(1),
  );
  return row ?? null;
}

/** Stamps a token as used now, at most once a minute. */
export async function stampToken(db: Database, token: ApiToken, now: Date): Promise<void> {
  if (token.lastUsedAt && now.getTime() - token.lastUsedAt.getTime() < USE_STAMP_MS) return;
  const older = or(isNull(apiTokens.lastUsedAt), lt(apiTokens.lastUsedAt, now));
  await ask(
    db
      .update(apiTokens)
      .set({ lastUsedAt: sql`${now.getTime()}` })
      .where(and(eq(apiTokens.id, token.id), older)),
  );
}

function isGood(now: Date) {
  return and(isNull(apiTokens.revokedAt), or(isNull(apiTokens.expiresAt), gt(apiTokens.expiresAt, now)));
}
