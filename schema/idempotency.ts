import { and, eq, lt, sql } from "drizzle-orm";
import { ask, type Database } from "./database.ts";
import { idempotencyKeys } from "./idempotency-keys.ts";

/** How long a key is good: the same key later is a new call. */
const GOOD_MS = 24 * 60 * 60 * 1000;
/** An attempt that has not answered for this long was cut short; the next one takes over. Longer than any request runs. */
const CUT_SHORT_MS = 60_000;
/** Most old keys thrown away at one time; the cron comes every five minutes. */
const SWEEP = 10_000;

/** A call made with a key. */
export interface KeyedCall {
  readonly tokenId: string;
  readonly botId: string;
  readonly key: string;
  readonly bodyHash: string;
  /** The id that the call gets if it is the first of its key. */
  readonly callId: string;
  readonly now: Date;
}

/** What is to be done with a call made with a key. */
export type KeyState =
  | { readonly kind: "go"; readonly callId: string }
  | { readonly kind: "replay"; readonly answer: string }
  | { readonly kind: "running" }
  | { readonly kind: "other-body" };

/** Takes a key for a call, or says who has it: of any number at the same time one may go. One too old is free. */
export async function takeKey(db: Database, call: KeyedCall): Promise<KeyState> {
  const { now, ...row } = call;
  const anew = {
    bodyHash: call.bodyHash,
    callId: call.callId,
    answer: null,
    createdAt: now,
    runningSince: now,
  };
  const taken = await ask(
    db
      .insert(idempotencyKeys)
      .values({ ...row, createdAt: now, runningSince: now })
      .onConflictDoUpdate({
        target: [idempotencyKeys.tokenId, idempotencyKeys.botId, idempotencyKeys.key],
        set: anew,
        setWhere: lt(idempotencyKeys.createdAt, tooOld(now)),
      })
      .returning({ callId: idempotencyKeys.callId }),
  );
  if (taken[0]) return { kind: "go", callId: taken[0].callId };
  return standing(db, call);
}

/** Keeps the answer of a call, for the next one with its key. */
export async function keepAnswer(db: Database, call: KeyedCall, answer: string): Promise<void> {
  await ask(db.update(idempotencyKeys).set({ answer }).where(rowOf(call)));
}

/** The answer that is kept for a key and body, or `null`. Nothing is taken by asking. */
export async function keptAnswer(db: Database, call: KeyedCall): Promise<string | null> {
  const [row] = await ask(db.select().from(idempotencyKeys).where(rowOf(call)).limit(1));
  return row && row.bodyHash === call.bodyHash && row.createdAt >= tooOld(call.now) ? row.answer : null;
}

/** Lets a key go whose call failed: the next attempt goes on under the same call id. */
export async function letGo(db: Database, call: KeyedCall): Promise<void> {
  await ask(
    db
      .update(idempotencyKeys)
      .set({ runningSince: new Date(0) })
      .where(rowOf(call)),
  );
}

async function standing(db: Database, call: KeyedCall): Promise<KeyState> {
  const [row] = await ask(db.select().from(idempotencyKeys).where(rowOf(call)).limit(1));
  if (!row) return takeKey(db, call);
  if (row.bodyHash !== call.bodyHash) return { kind: "other-body" };
  if (row.answer !== null) return { kind: "replay", answer: row.answer };
  const cut = new Date(call.now.getTime() - CUT_SHORT_MS);
  const over = await ask(
    db
      .update(idempotencyKeys)
      .set({ runningSince: call.now })
      .where(and(rowOf(call), lt(idempotencyKeys.runningSince, cut)))
      .returning({ callId: idempotencyKeys.callId }),
  );
  return over[0] ? { kind: "go", callId: over[0].callId } : { kind: "running" };
}

function rowOf({ tokenId, botId, key }: KeyedCall) {
  return and(
    eq(idempotencyKeys.tokenId, tokenId),
    eq(idempotencyKeys.botId, botId),
    eq(idempotencyKeys.key, key),
  );
}

/** Throws away keys that are too old, some at a time. */
export async function sweepKeys(db: Database, now: Date): Promise<void> {
  await ask(
    db
      .delete(idempotencyKeys)
      .where(
        sql`rowid IN (SELECT rowid FROM idempotency_keys WHERE created_at < ${tooOld(now).getTime()} LIMIT ${SWEEP})`,
      ),
  );
}

function tooOld(now: Date): Date {
  return new Date(now.getTime() - GOOD_MS);
}
