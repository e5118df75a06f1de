import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Audience } from "../contract/call.ts";
import type { Recipient } from "../contract/delivery.ts";
import { linesInParts } from "./audience.ts";
import type { Telling } from "./audience-sql.ts";
import { linesOf, nextStretch, startOfWalk } from "./audience-walk.ts";
import { ask, type Database } from "./database.ts";
import { RecipientCounts } from "./recipient-counts.ts";
import { recipientAt } from "./recipients.ts";

/** Ids that one statement counts: some tenths of a second, in which nobody else is answered. */
const STEP = 20_000;
/** Steps that one count takes: a million leads, and less than half a minute. */
const MOST_STEPS = 50;
/** Nobody moves while nothing is written. */
const NEVER = Number.MAX_SAFE_INTEGER;

/** Whom a call would tell. */
export interface AudienceCount {
  readonly counts: RecipientCounts;
  /** Whether there are more than were looked at: an audience by rule of which some part is counted alone. */
  readonly isPartial: boolean;
  /** One who would be told; `null` where nobody would be. */
  readonly sample: Recipient | null;
}

const Row = RecipientCounts.extend({
  /** `[leadId, userId]` of one who is queued. */
  sample: z.string().nullable(),
});

const Sample = z.tuple([z.number(), z.string().nullable()]);

/**
 * Counts whom a call to this audience would tell, and writes nothing.
 * @param most steps of an audience by rule that are counted
 */
export async function countAudience(
  db: Database,
  telling: Telling,
  audience: Audience,
  most = MOST_STEPS,
): Promise<AudienceCount> {
  const { botId, leadsTold } = telling;
  const rows: z.infer<typeof Row>[] = [];
  const count = async (lines: SQL) => {
    rows.push(...z.array(Row).parse(await ask(db.all(counted(lines)))));
  };
  let isPartial = false;
  if ("rule" in audience) {
    let found = await nextStretch(db, botId, startOfWalk(leadsTold), STEP);
    for (let steps = 0; found && steps < most; steps += 1) {
      await count(linesOf({ ...telling, rule: audience.rule, since: NEVER }, found));
      found = await nextStretch(db, botId, { phase: found.phase, after: found.upTo }, STEP);
    }
    isPartial = found !== null;
  } else {
    for (const lines of linesInParts(telling, audience)) await count(lines);
  }

  const sample = rows.find((row) => row.sample !== null)?.sample;
  return {
    counts: sumOf(rows),
    isPartial,
    sample: sample ? await recipientAt(db, ...Sample.parse(JSON.parse(sample))) : null,
  };
}

function sumOf(rows: readonly z.infer<typeof Row>[]): RecipientCounts {
  const sum = (name: keyof RecipientCounts) => rows.reduce((all, row) => all + row[name], 0);
  return {
    total: sum("total"),
    queued: sum("queued"),
    paused: sum("paused"),
    unlinked: sum("unlinked"),
    blocked: sum("blocked"),
  };
}

function counted(lines: SQL): SQL {
  const isNow = sql`state = 'queued' AND reason IS NULL`;
  return sql`SELECT count(*) AS total, count(*) FILTER (WHERE ${isNow}) AS queued,
      count(*) FILTER (WHERE state = 'queued' AND reason = 'paused') AS paused,
      count(*) FILTER (WHERE state = 'unlinked') AS unlinked,
      count(*) FILTER (WHERE state = 'blocked') AS blocked,
      min(json_array(lead_id, user_id)) FILTER (WHERE ${isNow}) AS sample
    FROM (${lines})`;
}
