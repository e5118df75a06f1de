import { and, count, desc, eq, gte, lt, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { CallState } from "../contract/call.ts";
import { type CallSummary, summaryColumns, summaryOf } from "./call-report.ts";
import { calls, isHeld, isUnfinished } from "./calls.ts";
import { ask, type Database } from "./database.ts";
import { type Aliases, isAmong } from "./scope-sql.ts";

/** Which calls: those that were made in a time, of an alias, in a state; a page of them. */
export interface CallPage {
  /** Only of these aliases. */
  readonly aliases: Aliases;
  readonly alias?: string | undefined;
  readonly state?: CallState | undefined;
  /** Made then or later. */
  readonly from?: Date | undefined;
  /** Made before then. */
  readonly to?: Date | undefined;
  /** What the page before gave as its `next`; `null` for the first. */
  readonly cursor: string | null;
  readonly limit: number;
}

/** A page of calls. */
export interface CallList {
  readonly calls: readonly CallSummary[];
  /** The cursor of the next page; `null` where this is the last. */
  readonly next: string | null;
}

const Cursor = z
  .string()
  .regex(/^\d{1,15}\..+$/s)
  .transform((text) => {
    const dot = text.indexOf(".");
    return { createdAt: Number(text.slice(0, dot)), callId: text.slice(dot + 1) };
  });

/** Whether `text` is a cursor that `callList` takes. */
export function isCallCursor(text: string): boolean {
  return Cursor.safeParse(text).success;
}

/** A bot's calls, the newest first. A call that comes meanwhile moves none to another page. */
export async function callList(db: Database, botId: string, page: CallPage): Promise<CallList> {
  const { aliases, alias, state, from, to, cursor, limit } = page;
  const rows = await ask(
    db
      .select(summaryColumns)
      .from(calls)
      .where(
        and(
          eq(calls.botId, botId),
          isAmong(calls.alias, aliases),
          alias === undefined ? undefined : eq(calls.alias, alias),
          state && eq(calls.state, state),
          from && gte(calls.createdAt, from),
          to && lt(calls.createdAt, to),
          cursor === null ? undefined : olderThan(cursor),
        ),
      )
      .orderBy(desc(calls.createdAt), desc(calls.id))
      .limit(limit + 1),
  );
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    calls: shown.map(summaryOf),
    next: last ? `${last.createdAt.getTime()}.${last.callId}` : null,
  };
}

/** How many calls of a bot, of these aliases, have an end to come. However many have had theirs, they are not looked at. */
export async function countOpenCalls(
  db: Database,
  botId: string,
  aliases: Aliases,
): Promise<Readonly<Record<"scheduled" | "resolving" | "running" | "paused", number>>> {
  const counted = (which: SQL) =>
    db
      .select({ state: calls.state, calls: count() })
      .from(calls)
      .where(and(which, isAmong(calls.alias, aliases)))
      .groupBy(calls.state);
  // The plus keeps SQLite from the index of a bot's calls: it would read all of them.
  const unfinished = sql`${isUnfinished()} AND +${calls.botId} = ${botId}`;
  const held = sql`${isHeld()} AND ${calls.botId} = ${botId}`;
  const rows = (await ask(db.batch([counted(unfinished), counted(held)]))).flat();
  const of = (state: CallState) => rows.find((row) => row.state === state)?.calls ?? 0;
  return {
    scheduled: of("scheduled"),
    resolving: of("resolving"),
    running: of("running"),
    paused: of("paused"),
  };
}

function olderThan(cursor: string) {
  const { createdAt, callId } = Cursor.parse(cursor);
  return sql`(${calls.createdAt} <= ${createdAt} AND (${calls.createdAt}, ${calls.id}) < (${createdAt}, ${callId}))`;
}
