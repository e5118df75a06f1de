import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { DELIVERY_STATES } from "../contract/delivery.ts";

/** The ledger: what became of every recipient of a call. */
export const deliveries = sqliteTable(
  "deliveries",
  {
    callId: text().notNull(),
    /** Number of the recipient in the call, from 0. */
    seq: integer().notNull(),
    /** The main system's id of the user. */
    userId: text().notNull(),
    leadId: integer(),
    state: text({ enum: DELIVERY_STATES }).notNull(),
    /** A stable word that says why, where the state alone does not. */
    reason: text(),
    updatedAt: integer({ mode: "timestamp_ms" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.callId, t.seq] })],
);
