import { eq, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { LeadsTold } from "../contract/call.ts";
import {
  linesOfLeads,
  linesOfMoved,
  linesOfPersons,
  linesOfStrangers,
  type Part,
  personsLeft,
  type Stretch,
} from "./audience-sql.ts";
import { calls } from "./calls.ts";
import { ask, type Database, together } from "./database.ts";
import { appendPages, countsOf, hasUnderWay, integer } from "./page-sql.ts";

/** Ids of leads or persons that one step passes. */
const STEP = 2_000;
/** Ids that one question looks through for those of the bot: it shares its tables with others. */
const LOOK = 50_000;
/** How much the clocks of two machines may differ, and a write be late, so that no lead that moved is overlooked. */
const MOVE_MARGIN_MS = 5 * 60_000;

const Place = z.object({
  phase: z.enum(["leads", "strangers", "persons"]),
  /** The id that was passed last. */
  after: z.number(),
});

/**
 * Where a walk stands. Where each lead is told: past all leads, by id. Else: first past leads without a person, by id;
 * then past persons, by theirs. In a last step come those of whom a lead signed in or out meanwhile: the steps before
 * leave them out, since they would miss some and meet some twice.
 */
export type Place = z.infer<typeof Place>;

const Walk = Place.extend({
  /** Who moved since then comes in the last step; `null` until the first. */
  since: z.number().nullable(),
  /** Ids of persons that were left for the last step: by then their leads may be others. */
  left: z.array(z.number()),
  /** As in `Telling`; absent in walks of before there was such a thing. */
  evenWithOperator: z.boolean().default(false),
});

/** What each kind of ids is of, how they become lines, and what comes after them. */
const PHASES = {
  leads: { next: null, lines: linesOfLeads, table: sql`leads`, of: sql`true` },
  strangers: { next: "persons", lines: linesOfStrangers, table: sql`leads`, of: sql`person_id IS NULL` },
  persons: { next: null, lines: linesOfPersons, table: sql`persons`, of: sql`true` },
} as const;

/** Where a walk begins. */
export function startOfWalk(leadsTold: LeadsTold): Place {
  return { phase: leadsTold === "all" ? "leads" : "strangers", after: 0 };
}

/** The start of a walk as a call keeps it. */
export function newWalk(leadsTold: LeadsTold, evenWithOperator: boolean): string {
  return JSON.stringify({ ...startOfWalk(leadsTold), since: null, left: [], evenWithOperator });
}

/**
 * Does the next step of a call's walk: writes its lines and moves on, both or neither; of two at the same time one
 * does. True where the walk is through, or there is none.
 * @param step ids that it passes at most
 */
export async function walkOn(db: Database, callId: string, now: number, step = STEP): Promise<boolean> {
  const { botId, rule, leadsTold, critical, walk } = calls;
  const [call] = await ask(
    db.select({ botId, rule, leadsTold, critical, walk }).from(calls).where(eq(calls.id, callId)).limit(1),
  );
  return call?.walk && call.rule
    ? walkFrom(db, callId, { ...call, rule: call.rule, now }, call.walk, step)
    : true;
}

async function walkFrom(
  db: Database,
  callId: string,
  asked: Omit<Part, "since">,
  walk: string,
  step: number,
): Promise<boolean> {
  const { since: begun, left, evenWithOperator, ...place } = Walk.parse(JSON.parse(walk));
  const { botId, leadsTold, now } = asked;
  const part = { ...asked, evenWithOperator, since: begun ?? now - MOVE_MARGIN_MS };

  const found = await nextStretch(db, botId, place, step);
  // Where each lead is told by itself, it does not matter whose it is.
  const moved = leadsTold === "recent" ? [linesOfMoved(part, callId, left)] : [];
  const lines = found ? [linesOf(part, found)] : moved;
  const move = found ? walkPast(part, found, left) : walkEnd(callId, now);
  const isHere = sql`EXISTS (SELECT 1 FROM calls WHERE id = ${callId} AND walk = ${walk})`;
  await together(db, [
    ...lines.map((some) => appendPages(callId, some, now, isHere)),
    sql`UPDATE calls SET ${move} WHERE id = ${callId} AND walk = ${walk}`,
  ]);
  return found === null;
}

/** A stretch of ids of one kind. */
type Found = Stretch & Pick<Place, "phase">;

/** The next stretch of ids after a place, of `step` ids of the bot at most; `null` at the end. */
export async function nextStretch(
  db: Database,
  botId: string,
  place: Place,
  step: number,
): Promise<Found | null> {
  let { phase, after } = place;
  for (;;) {
    const { table, of, next } = PHASES[phase];
    // The plus keeps SQLite to the order of ids: a bot's index of chats has another.
    const ids = sql`SELECT id FROM ${table} WHERE ${of} AND +bot_id = ${botId}
      AND id > ${after} AND id <= ${after + LOOK} ORDER BY id LIMIT ${step}`;
    const [row] = await ask(
      db.all<{ readonly last: number | null; readonly end: number | null }>(
        sql`SELECT max(id) AS last, (SELECT max(id) FROM ${table}) AS end FROM (${ids})`,
      ),
    );
    if (row && row.last !== null) return { phase, after, upTo: row.last };
    if (after + LOOK < (row?.end ?? 0)) after += LOOK;
    else if (next === null) return null;
    else [phase, after] = [next, 0];
  }
}

/** The lines of a stretch of ids. */
export function linesOf(part: Part, found: Found): SQL {
  return PHASES[found.phase].lines(part, found);
}

function walkPast(part: Part, found: Found, left: readonly number[]): SQL {
  const leaves = found.phase === "persons" ? personsLeft(part, found) : sql`SELECT NULL AS id WHERE false`;
  const all = sql`SELECT value AS id FROM json_each(${JSON.stringify(left)}) UNION SELECT id FROM (${leaves})`;
  return sql`walk = json_object('phase', ${found.phase}, 'after', ${integer(found.upTo)},
      'since', ${integer(part.since)}, 'left', (SELECT json_group_array(id) FROM (${all})),
      'evenWithOperator', json(${JSON.stringify(part.evenWithOperator ?? false)})),
    state = iif(state = 'scheduled', 'resolving', state), started_at = coalesce(started_at, ${part.now})`;
}

/** A paused call stays so, and is found to be over when it goes on. */
function walkEnd(callId: string, now: number): SQL {
  const left = hasUnderWay(callId);
  const isOver = sql`(state IN ('scheduled', 'resolving') AND NOT ${left})`;
  return sql`walk = NULL, recipients = ${countsOf(callId)}, started_at = coalesce(started_at, ${now}),
    finished_at = iif(${isOver}, ${now}, finished_at),
    state = CASE WHEN ${isOver} THEN 'finished' WHEN state IN ('scheduled', 'resolving') THEN 'running' ELSE state END`;
}
