import { and, count, desc, eq, isNull, or, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { DeadLetter } from "../contract/dead-letter.ts";
import { sha256 } from "../contract/digest.ts";
import { calls } from "./calls.ts";
import { ask, type Database } from "./database.ts";
import { deadLetters, isWaiting } from "./dead-letters.ts";
import { type Aliases, isAmong } from "./scope-sql.ts";

/** A letter as it lies in the box. */
export interface KeptLetter {
  readonly id: string;
  readonly letter: DeadLetter;
  /** The bot it is of; `null` where a queue's message doesn't say. */
  readonly botId: string | null;
  readonly createdAt: Date;
  /** When it was put on its way again; a letter that failed since lies here anew. */
  readonly redrivenAt: Date | null;
  /** When somebody put it away. */
  readonly dismissedAt: Date | null;
}

/** A page of letters, the newest first. */
export interface LetterList {
  readonly letters: readonly KeptLetter[];
  /** The cursor of the next page; `null` where this is the last. */
  readonly next: string | null;
}

/** A queue's message that says whose it is. */
const OfBot = z.object({ botId: z.string().min(1) });
/** Characters of letters in one statement, besides the last of them: a parameter of D1 holds 2 MB. */
const ROOM = 400_000;

/** Puts letters into the box. One that lies there is not put there twice; one that was done with lies there anew. */
export async function keepLetters(db: Database, letters: readonly DeadLetter[], now: number): Promise<void> {
  const rows = await Promise.all(letters.map((letter) => rowOf(letter, now)));
  for (const json of inParts(rows.map((row) => JSON.stringify(row)))) {
    await ask(
      db.run(sql`INSERT INTO dead_letters
          (id, bot_id, kind, call_id, seq, queue, body, reason, cause, created_at)
        SELECT value ->> 'id', value ->> 'botId', value ->> 'kind', value ->> 'callId', value ->> 'seq',
          value ->> 'queue', value ->> 'body', value ->> 'reason', value ->> 'cause', value ->> 'createdAt'
        FROM json_each(${json}) WHERE true
        ON CONFLICT (id) DO UPDATE SET reason = excluded.reason, cause = excluded.cause,
          created_at = excluded.created_at, redriven_at = NULL, dismissed_at = NULL
        WHERE NOT (${isWaiting()})`),
    );
  }
}

/** Values written as JSON, as arrays that are not much longer than `ROOM`. */
function inParts(values: readonly string[]): readonly string[] {
  const parts: string[][] = [];
  let room = 0;
  for (const value of values) {
    if (room <= 0) {
      parts.push([]);
      room = ROOM;
    }
    parts.at(-1)?.push(value);
    room -= value.length;
  }
  return parts.map((part) => `[${part.join(",")}]`);
}

/**
 * A bot's letters, the newest first; those of no bot for `null`.
 * @param cursor what the page before gave as `next`
 * @param aliases of which calls: all also see queues' messages, and those that don't say whose they are; others see
 * their calls' letters alone
 */
export async function listLetters(
  db: Database,
  botId: string | null,
  cursor: string | null,
  limit: number,
  aliases: Aliases = null,
): Promise<LetterList> {
  // One after another by the index; both at once, and SQLite would sort all there are.
  const boxes = boxesOf(botId, aliases).map((box) =>
    ask(
      db
        .select()
        .from(deadLetters)
        .where(and(box, cursor === null ? undefined : olderThan(cursor)))
        .orderBy(desc(deadLetters.createdAt), desc(deadLetters.id))
        .limit(limit + 1),
    ),
  );
  const rows = (await Promise.all(boxes)).flat().sort(newestFirst);
  const shown = rows.slice(0, limit).map(keptFrom);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { letters: shown, next: last ? `${last.createdAt.getTime()}.${last.id}` : null };
}

type Row = typeof deadLetters.$inferSelect;

function newestFirst(one: Row, other: Row): number {
  return other.createdAt.getTime() - one.createdAt.getTime() || (other.id > one.id ? 1 : -1);
}

/** A letter by its id, where it is this bot's; else `null`. @param aliases as of `listLetters` */
export async function findLetter(
  db: Database,
  botId: string | null,
  id: string,
  aliases: Aliases = null,
): Promise<KeptLetter | null> {
  const [row] = await ask(
    db
      .select()
      .from(deadLetters)
      .where(and(eq(deadLetters.id, id), or(...boxesOf(botId, aliases))))
      .limit(1),
  );
  return row ? keptFrom(row) : null;
}

/**
 * How many of a bot's letters wait for somebody to do something. Those of no bot are none's: they would keep every bot
 * from being well. @param aliases as of `listLetters`
 */
export async function countLetters(
  db: Database,
  botId: string | null,
  aliases: Aliases = null,
): Promise<number> {
  const [row] = await ask(
    db
      .select({ letters: count() })
      .from(deadLetters)
      .where(and(ofBot(botId), isWaiting(), ofCalls(aliases))),
  );
  return row?.letters ?? 0;
}

const CURSOR = /^(\d{1,15})\.([0-9a-f]{64})$/;

/** Whether `text` is a cursor that `listLetters` takes. */
export function isLetterCursor(text: string): boolean {
  return CURSOR.test(text);
}

function olderThan(cursor: string) {
  const [, createdAt, id] = CURSOR.exec(cursor) ?? [];
  const { createdAt: at } = deadLetters;
  return sql`(${at} <= ${Number(createdAt)} AND (${at}, ${deadLetters.id}) < (${Number(createdAt)}, ${id ?? ""}))`;
}

function ofBot(botId: string | null) {
  return botId === null ? isNull(deadLetters.botId) : eq(deadLetters.botId, botId);
}

function ofCalls(aliases: Aliases): SQL | undefined {
  const isTheirs = isAmong(calls.alias, aliases);
  return isTheirs && sql`EXISTS (SELECT 1 FROM calls WHERE calls.id = ${deadLetters.callId} AND ${isTheirs})`;
}

/** What somebody sees, in parts that an index has in order each. */
function boxesOf(botId: string | null, aliases: Aliases): readonly (SQL | undefined)[] {
  const own = and(ofBot(botId), ofCalls(aliases));
  return botId === null || aliases !== null ? [own] : [own, ofBot(null)];
}

/** The id is a hash of what the letter is about: a queue may hand the same message over twice. */
async function rowOf(letter: DeadLetter, now: number) {
  const { kind, reason, cause } = letter;
  const about =
    kind === "delivery"
      ? { botId: letter.botId, callId: letter.callId, seq: letter.seq }
      : {
          botId: OfBot.safeParse(letter.body).data?.botId ?? null,
          queue: letter.queue,
          body: JSON.stringify(letter.body ?? null),
        };
  const id = await sha256(JSON.stringify({ kind, ...about }));
  return { id, kind, ...about, reason, cause, createdAt: now };
}

function keptFrom(row: Row): KeptLetter {
  const { id, botId, kind, callId, seq, queue, body, reason, cause, createdAt, redrivenAt, dismissedAt } =
    row;
  const told = { reason, cause };
  const letter: DeadLetter =
    kind === "delivery"
      ? { kind, botId: botId ?? "", callId: callId ?? "", seq: seq ?? 0, ...told }
      : { kind, queue: queue ?? "", body, ...told };
  return { id, letter, botId, createdAt, redrivenAt, dismissedAt };
}
