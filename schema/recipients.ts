import { and, asc, eq, gt, gte, sql } from "drizzle-orm";
import type { Recipient } from "../contract/delivery.ts";
import { ask, type Database } from "./database.ts";
import {
  accountOfPerson,
  chatColumns,
  identityColumns,
  leadProfileOf,
  leadsWhere,
  personOfLead,
} from "./lead-profile.ts";
import { leads } from "./leads.ts";
import { deliveries, PAGE_LINES } from "./ledger-pages.ts";
import { isUnderWay, underWayOnPage } from "./page-sql.ts";
import { persons } from "./persons.ts";
import { webUsers } from "./web-users.ts";

/**
 * Up to `limit` recipients of a call after the one numbered `after` who are still under way, in order. Of their leads
 * they have the identity alone, with traits as of somebody new: 25 of them go into one message of the queue, which holds
 * 128 KB, and a lead's variables may be long. A conversation that has such traits knows its lead by heart.
 */
export async function recipientsUnderWay(
  db: Database,
  callId: string,
  after: number,
  limit: number,
): Promise<readonly Recipient[]> {
  const { seq, userId } = deliveries;
  const rows = await ask(
    db
      .select({ seq, userId, ...chatColumns, ...identityColumns })
      .from(deliveries)
      .innerJoin(leads, eq(leads.id, deliveries.leadId))
      .leftJoin(persons, personOfLead())
      .leftJoin(webUsers, accountOfPerson())
      .where(and(linesAfter(callId, after), sql`${underWayOnPage} > 0`, isUnderWay))
      .orderBy(asc(deliveries.page), asc(seq))
      .limit(limit),
  );
  return rows.map(({ seq, userId, channel, externalId, ...identity }) => ({
    seq,
    userId,
    channel,
    externalId,
    lead: leadProfileOf(identity),
  }));
}

/** Of the lines of a call that come after `after`, without unfolding pages before it. */
export function linesAfter(callId: string, after: number) {
  const firstPage = Math.floor((after + 1) / PAGE_LINES);
  return and(eq(deliveries.callId, callId), gte(deliveries.page, firstPage), gt(deliveries.seq, after));
}

/** A lead as the first recipient of a call. @param userId the user who is meant, where one is */
export async function recipientAt(
  db: Database,
  leadId: number,
  userId: string | null,
): Promise<Recipient | null> {
  const [found] = await leadsWhere(db, eq(leads.id, leadId));
  return found ? { seq: 0, userId, ...found } : null;
}
