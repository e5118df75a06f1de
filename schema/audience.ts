import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { calls } from "./calls.ts";
import { ask, type Database } from "./database.ts";
import { deliveries } from "./deliveries.ts";

/** How many of a call's recipients are where, as it is answered. */
export const RecipientCounts = z.object({
  /** Distinct ids. */
  total: z.number(),
  queued: z.number(),
  paused: z.number(),
  unlinked: z.number(),
  blocked: z.number(),
});

/** How many of a call's recipients are where, as it is answered. */
export type RecipientCounts = z.infer<typeof RecipientCounts>;

/** A call about to be accepted. */
export interface NewCall {
  readonly callId: string;
  readonly botId: string;
  readonly alias: string;
  readonly tokenId: string;
  /** What `prepare` returned, as JSON text. */
  readonly data: string;
  /** Distinct ids of the main system. */
  readonly userIds: readonly string[];
  readonly now: Date;
}

/** Ids one statement looks up: a parameter of D1 holds 2 MB, and 2,000 of the longest ids are 1.5 MB at the worst. */
const IDS_A_STATEMENT = 2_000;

/**
 * Accepts a call: writes it and the state of each of its recipients, all or nothing. Accepted again with the same
 * `callId`, it changes nothing and returns the same counts.
 */
export async function acceptCall(db: Database, call: NewCall): Promise<RecipientCounts> {
  const counted = db.select({ recipients: calls.recipients }).from(calls).where(eq(calls.id, call.callId));
  const line = db.insert(calls).select(callLine(call)).onConflictDoNothing();
  // The call's line comes last: it counts the others.
  const [first, ...rest] = [...ledgerLines(db, call), line];
  if (first) await ask(db.batch([first, ...rest]));
  const [row] = await ask(counted);
  return RecipientCounts.parse(JSON.parse(row?.recipients ?? "null"));
}

function ledgerLines(db: Database, call: NewCall) {
  const chunks = [];
  for (let from = 0; from < call.userIds.length; from += IDS_A_STATEMENT) {
    const ids = call.userIds.slice(from, from + IDS_A_STATEMENT);
    chunks.push(
      db
        .insert(deliveries)
        .select(linesOf(call, from, ids))
        .onConflictDoNothing(),
    );
  }
  return chunks;
}

/** The rows of `deliveries`, its columns in order. A person with several leads is told in the one where they were last active. */
function linesOf({ callId, botId, now }: NewCall, from: number, userIds: readonly string[]) {
  return sql`
    SELECT ${callId}, ${from} + ids.key, ids.value, lead.id,
      CASE
        WHEN lead.id IS NULL THEN 'unlinked'
        WHEN lead.status = 'blocked' OR persons.blocked OR NOT persons.active THEN 'blocked'
        ELSE 'queued'
      END,
      CASE
        WHEN lead.id IS NULL THEN NULL
        WHEN persons.blocked THEN 'person-blocked'
        WHEN NOT persons.active THEN 'person-inactive'
        WHEN lead.status = 'blocked' THEN 'bot-blocked'
        WHEN lead.paused_until > ${now.getTime()} THEN 'paused'
      END,
      ${now.getTime()}
    FROM json_each(${JSON.stringify(userIds)}) AS ids
    LEFT JOIN web_users ON web_users.bot_id = ${botId} AND web_users.web_user_id = ids.value
      AND web_users.unlinked_at IS NULL
    LEFT JOIN persons ON persons.id = web_users.person_id
    LEFT JOIN leads AS lead ON lead.id = (
      SELECT id FROM leads WHERE leads.person_id = persons.id AND leads.bot_id = ${botId}
        AND leads.status <> 'deleted'
      ORDER BY leads.status = 'active' DESC, leads.last_activity_at DESC LIMIT 1)
    WHERE true`;
}

/** The row of `calls`, its columns in order. */
function callLine({ callId, botId, alias, tokenId, data, now }: NewCall) {
  return sql`
    SELECT ${callId}, ${botId}, ${alias}, ${tokenId}, ${data},
      json_object(
        'total', count(*),
        'queued', count(*) FILTER (WHERE state = 'queued' AND reason IS NULL),
        'paused', count(*) FILTER (WHERE state = 'queued' AND reason = 'paused'),
        'unlinked', count(*) FILTER (WHERE state = 'unlinked'),
        'blocked', count(*) FILTER (WHERE state = 'blocked')),
      ${now.getTime()},
      CASE WHEN count(*) FILTER (WHERE state = 'queued') = 0 THEN ${now.getTime()} END
    FROM deliveries WHERE call_id = ${callId}`;
}
