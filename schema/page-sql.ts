import { type SQL, sql } from "drizzle-orm";
import { DELIVERY_STATES, KEPT, ON_THE_WIRE } from "../contract/delivery.ts";
import { PAGE_LINES } from "./ledger-pages.ts";

/** Of a line that waits in its conversation until the person wants to see it. */
const isKept: SQL = sql.raw(`(state = 'deferred' AND reason IS '${KEPT}')`);

/** Of a line that has no end yet: its broadcast has something to do, or its conversation. */
export const isOpen: SQL = sql`state IN ('queued', 'deferred')`;

/** Of a line in which something is still to be done by its broadcast. */
export const isUnderWay: SQL = sql`(${isOpen} AND NOT ${isKept})`;

/** Of a line that is under way, and of which something has left. */
export const isOnTheWire: SQL = sql.raw(`(state = 'deferred' AND reason IS '${ON_THE_WIRE}')`);

/** How many lines of a page have no end yet. */
export const openOnPage: SQL = sql`((tally ->> 'queued') + (tally ->> 'deferred'))`;

/** How many lines of a page are kept. Pages that were tallied before there was a pause count none. */
export const keptOnPage: SQL = sql`coalesce(tally ->> 'kept', 0)`;

/** How many lines of a page are still under way. */
export const underWayOnPage: SQL = sql`(${openOnPage} - ${keptOnPage})`;

/** Of how many lines of a page something has left. */
export const onTheWireOnPage: SQL = sql`(tally ->> 'onTheWire')`;

/** How many lines a page has. The lines themselves are many times longer to read. */
const linesOnPage: SQL = sql.raw(`(${DELIVERY_STATES.map((state) => `(tally ->> '${state}')`).join(" + ")})`);

/** How many lines of a page are under way and nothing of them has left. */
export const notOnTheWire: SQL = sql`(${underWayOnPage} - ${onTheWireOnPage})`;

/** Those, and those who are kept. */
export const notOnTheWireOrKept: SQL = sql`(${openOnPage} - ${onTheWireOnPage})`;

/** A whole number that goes into an expression: D1 binds every number as a REAL, and 7 would become 7.0. */
export function integer(value: number): SQL {
  return sql`CAST(${value} AS INTEGER)`;
}

/** `PAGE_LINES`, written out. */
export const pageLines: SQL = sql.raw(String(PAGE_LINES));

const counted = (name: string, when: string) => `'${name}', count(*) FILTER (WHERE ${when})`;

const TALLY = sql.raw(
  [
    ...DELIVERY_STATES.map((state) => counted(state, `state = '${state}'`)),
    counted("paused", "state = 'queued' AND reason = 'paused'"),
    counted("onTheWire", `state = 'deferred' AND reason = '${ON_THE_WIRE}'`),
    counted("kept", `state = 'deferred' AND reason = '${KEPT}'`),
  ].join(", "),
);

/**
 * Rows of `ledger_pages`, packed from lines.
 * @param lines a SELECT of call_id, page, place (on the page), user_id, lead_id, state, reason, at
 * @param having which pages; all where absent
 */
export function pagesOf(lines: SQL, having: SQL = sql`true`): SQL {
  return sql`SELECT call_id, page, json_object(${TALLY}) AS tally,
      json_group_array(json_array(user_id, lead_id, state, reason, at) ORDER BY place) AS lines
    FROM (${lines}) GROUP BY call_id, page HAVING ${having}`;
}

/**
 * Writes new pages after the last of a call.
 * @param lines a SELECT of place (from 0), user_id, lead_id, state, reason
 * @param now what stands in the lines as their time
 * @param when on which condition
 */
export function appendPages(callId: string, lines: SQL, now: number, when: SQL): SQL {
  return sql`INSERT INTO ledger_pages (call_id, page, tally, lines) ${pagesOf(
    sql`SELECT ${callId} AS call_id, place % ${pageLines} AS place, user_id, lead_id, state, reason, ${integer(now)} AS at,
        place / ${pageLines} + (SELECT coalesce(max(page) + 1, 0) FROM ledger_pages WHERE call_id = ${callId}) AS page
      FROM (${lines}) WHERE ${when}`,
  )}`;
}

/** Writes pages anew, each once however many of its lines change. Takes what `pagesOf` takes. */
export function rewritePages(lines: SQL, having?: SQL): SQL {
  return sql`UPDATE ledger_pages SET tally = packed.tally, lines = packed.lines
    FROM (${pagesOf(lines, having)}) AS packed
    WHERE ledger_pages.call_id = packed.call_id AND ledger_pages.page = packed.page`;
}

/** How many recipients of a call are where, as JSON text like `RecipientCounts`. */
export function countsOf(callId: string): SQL {
  const sum = (state: string) => sql`coalesce(sum(tally ->> ${sql.raw(`'${state}'`)}), 0)`;
  return sql`(SELECT json_object('total', coalesce(sum${linesOnPage}, 0), 'queued', ${sum("queued")} - ${sum("paused")},
      'paused', ${sum("paused")}, 'unlinked', ${sum("unlinked")}, 'blocked', ${sum("blocked")})
    FROM ledger_pages WHERE call_id = ${callId})`;
}

/** Whether anybody stands in the ledger of a call. */
export function hasPages(callId: string): SQL {
  return sql`EXISTS (SELECT 1 FROM ledger_pages WHERE call_id = ${callId})`;
}

/** Whether a call has a recipient who is still under way. */
export function hasUnderWay(callId: string): SQL {
  return sql`EXISTS (SELECT 1 FROM ledger_pages WHERE call_id = ${callId} AND ${underWayOnPage} > 0)`;
}
