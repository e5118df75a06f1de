import { integer, primaryKey, sqliteTable, sqliteView, text } from "drizzle-orm/sqlite-core";
import { DELIVERY_STATES } from "../contract/delivery.ts";

/** Recipients in one row of the ledger. A recipient's number is their page's times this, and their place on it. */
export const PAGE_LINES = 100;

/**
 * The ledger: what became of every recipient of a call, 100 to a row, since D1 is paid by rows written. A migration
 * makes the table WITHOUT ROWID, which Drizzle cannot say: with one, each row would be paid twice.
 */
export const ledgerPages = sqliteTable(
  "ledger_pages",
  {
    callId: text().notNull(),
    page: integer().notNull(),
    /**
     * How many lines are in each state, as a JSON object, so that a report need not unfold them. Besides: `paused`,
     * which are some of `queued`, and `onTheWire` and `kept`, which are some of `deferred`.
     */
    tally: text().notNull(),
    /** JSON array of `[userId or null, leadId or null, state, reason or null, when]`. */
    lines: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.callId, t.page] })],
);

/** The ledger unfolded, one row a recipient; for reading. Ask for `page` too where `seq` is asked for: it unfolds less. */
export const deliveries = sqliteView("deliveries", {
  callId: text().notNull(),
  page: integer().notNull(),
  tally: text().notNull(),
  seq: integer().notNull(),
  /** The main system's id of the user who is meant, where one is. */
  userId: text(),
  leadId: integer(),
  state: text({ enum: DELIVERY_STATES }).notNull(),
  /** A stable word that says why, where the state alone does not. */
  reason: text(),
  updatedAt: integer({ mode: "timestamp_ms" }).notNull(),
}).existing();
