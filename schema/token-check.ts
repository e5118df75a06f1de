import { and, eq, gt, isNull, lt, or, sql } from "drizzle-orm";
import { sha256 } from "../contract/digest.ts";
import { type ApiToken, apiTokens } from "./api-tokens.ts";
import { ask, type Database } from "./database.ts";

/** How exactly `last_used_at` is kept: finer would cost a write at every call. */
const USE_STAMP_MS = 60_000;
const MINUTE_MS = 60_000;

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

/** Whether a call is within its token's limit. */
export type Allowance = { readonly ok: true } | { readonly ok: false; readonly retryAfterSeconds: number };

/**
 * Counts a call against its token's limit of calls a minute; one too many is not counted. A token without a limit
 * costs no query.
 * @param now milliseconds since 1970
 * @param times as how many calls it counts
 */
export async function countCall(
  db: Database,
  { id, callsPerMinute }: ApiToken,
  now: number,
  times = 1,
): Promise<Allowance> {
  if (callsPerMinute === null) return { ok: true };
  const present = Math.floor(now / MINUTE_MS);
  const { minute, callsInMinute } = apiTokens;
  // A clock that is behind another counts in the other's minute: the two must not begin it anew by turns.
  const counted = await ask(
    db
      .update(apiTokens)
      .set({
        minute: sql`max(${minute}, ${present})`,
        callsInMinute: sql`iif(${minute} >= ${present}, ${callsInMinute} + ${times}, ${times})`,
      })
      .where(
        and(
          eq(apiTokens.id, id),
          or(lt(minute, present), sql`${callsInMinute} + ${times} <= ${apiTokens.callsPerMinute}`),
        ),
      )
      .returning({ id: apiTokens.id }),
  );
  if (counted.length > 0) return { ok: true };
  return { ok: false, retryAfterSeconds: Math.ceil(((present + 1) * MINUTE_MS - now) / 1_000) };
}

function isGood(now: Date) {
  return and(isNull(apiTokens.revokedAt), or(isNull(apiTokens.expiresAt), gt(apiTokens.expiresAt, now)));
}
