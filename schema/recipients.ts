import { and, asc, eq, gt, gte, sql } from "drizzle-orm";
import type { Recipient } from "../contract/delivery.ts";
import { ask, type Database } from "./database.ts";
import { accountOfPerson, leadProfileOf, personOfLead, profileColumns } from "./lead-profile.ts";
import { leads } from "./leads.ts";
import { deliveries, PAGE_LINES } from "./ledger-pages.ts";
import { underWayOnPage } from "./page-sql.ts";
import { persons } from "./persons.ts";
import { webUsers } from "./web-users.ts";

const chat = { channel: leads.channel, externalId: leads.externalId };

/** Up to `limit` recipients of a call after the one numbered `after` who are still under way, in order. */
export async function recipientsUnderWay(
  db: Database,
  callId: string,
  after: number,
  limit: number,
): Promise<readonly Recipient[]> {
  const { seq, userId } = deliveries;
  const rows = await ask(
    db
      .select({ seq, userId, ...chat, ...profileColumns })
      .from(deliveries)
      .innerJoin(leads, eq(leads.id, deliveries.leadId))
      .leftJoin(persons, personOfLead())
      .leftJoin(webUsers, accountOfPerson())
      .where(
        and(
          linesAfter(callId, after),
          sql`${underWayOnPage} > 0`,
          sql`deliveries.state IN ('queued', 'deferred')`,
        ),
      )
      .orderBy(asc(deliveries.page), asc(seq))
      .limit(limit),
  );
  return rows.map(({ seq, userId, channel, externalId, ...row }) => ({
    seq,
    userId,
    channel,
    externalId,
    lead: leadProfileOf(row),
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
  const [row] = await ask(
    db
      .select({ ...chat, ...profileColumns })
      .from(leads)
      .leftJoin(persons, personOfLead())
      .leftJoin(webUsers, accountOfPerson())
      .where(eq(leads.id, leadId))
      .limit(1),
  );
  if (!row) return null;
  const { channel, externalId, ...profile } = row;
  return { seq: 0, userId, channel, externalId, lead: leadProfileOf(profile) };
}
