import { type SQL, sql } from "drizzle-orm";
import type { LeadAudience, LeadsTold } from "../contract/call.ts";
import type { Rule } from "../contract/rule.ts";
import { ruleSql } from "./rule-sql.ts";

/** What it takes to say who is told. */
export interface Telling {
  readonly botId: string;
  readonly leadsTold: LeadsTold;
  /** Whether those who want quiet are told like all others. */
  readonly critical: boolean;
  /** Whether those are told too with whom an operator speaks. Not unless it says so. */
  readonly evenWithOperator?: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A stretch of ids: after the one, up to and with the other. */
export interface Stretch {
  readonly after: number;
  readonly upTo: number;
}

/** A part of the walk of an audience by rule. */
export interface Part extends Telling {
  readonly rule: Rule;
  /** Who moved since is left for the walk's end; milliseconds since 1970. */
  readonly since: number;
}

/** Which of a person's leads comes first: one that has not blocked the bot, that need not wait, and of these the last active. */
function firstTold(lead: SQL, telling: Telling): SQL {
  return sql`${lead}.status = 'active' DESC, ${waitsFor(telling, lead)} IS NULL DESC, ${lead}.last_activity_at DESC,
    ${lead}.id DESC`;
}

/** Why a lead who can be told has to wait: they want quiet, or an operator speaks with them; NULL where they need not. */
function waitsFor({ critical, evenWithOperator = false, now }: Telling, lead: SQL = sql`leads`): SQL {
  if (critical) return sql`NULL`;
  const isSpokenWith = evenWithOperator ? sql`false` : sql`${lead}.with_operator`;
  // Written out: a statement has room for 100 parameters (D1), and a rule may take most of them.
  return sql`iif(${lead}.paused_until > ${sql.raw(String(Math.floor(now)))} OR ${isSpokenWith}, 'paused', NULL)`;
}

/** The column names of a line, and what stands in them for `leads` and its person. */
function line(order: SQL, userId: SQL, telling: Telling): SQL {
  return sql`row_number() OVER (ORDER BY ${order}) - 1 AS place, ${userId} AS user_id, leads.id AS lead_id,
    CASE
      WHEN leads.id IS NULL THEN 'unlinked'
      WHEN leads.status = 'blocked' OR persons.blocked OR NOT persons.active THEN 'blocked'
      ELSE 'queued'
    END AS state,
    CASE
      WHEN leads.id IS NULL THEN NULL
      WHEN persons.blocked THEN 'person-blocked'
      WHEN NOT persons.active THEN 'person-inactive'
      WHEN leads.status = 'blocked' THEN 'bot-blocked'
      ELSE ${waitsFor(telling)}
    END AS reason`;
}

const openLink = sql`web_users ON web_users.person_id = persons.id AND web_users.unlinked_at IS NULL
  AND web_users.web_user_id IS NOT NULL`;
const account = sql`web_users.web_user_id`;

/** The lead of `persons` that is told, or one that fits `rule`. */
function toldLead(telling: Telling, rule: SQL = sql`true`): SQL {
  return sql`(SELECT id FROM leads AS candidate WHERE candidate.person_id = persons.id
    AND +candidate.bot_id = ${telling.botId} AND candidate.status <> 'deleted' AND ${rule}
    ORDER BY ${firstTold(sql`candidate`, telling)} LIMIT 1)`;
}

/** Lines of users of the main system, in their order; those whom nobody here knows too. */
export function linesOfUsers(telling: Telling, userIds: readonly string[]): SQL {
  const { botId } = telling;
  return sql`SELECT ${line(sql`ids.key, leads.id`, sql`ids.value`, telling)}
    FROM json_each(${JSON.stringify(userIds)}) AS ids
    LEFT JOIN web_users ON web_users.bot_id = ${botId} AND web_users.web_user_id = ids.value
      AND web_users.unlinked_at IS NULL
    LEFT JOIN persons ON persons.id = web_users.person_id
    LEFT JOIN leads ON ${leadsOfPerson(telling)}`;
}

/** The leads of `persons` that are told. */
function leadsOfPerson(telling: Telling): SQL {
  return telling.leadsTold === "all"
    ? sql`leads.person_id = persons.id AND +leads.bot_id = ${telling.botId} AND leads.status <> 'deleted'`
    : sql`leads.id = ${toldLead(telling)}`;
}

/** Lines of chats by the ids of their leads, in their order, whoever is in them: they are told, unless they can't be. */
export function linesOfChats(telling: Telling, leadIds: readonly number[]): SQL {
  return sql`SELECT row_number() OVER (ORDER BY ids.key) - 1 AS place, NULL AS user_id, leads.id AS lead_id,
      iif(leads.status = 'blocked', 'blocked', 'queued') AS state,
      iif(leads.status = 'blocked', 'bot-blocked', ${waitsFor(telling)}) AS reason
    FROM json_each(${JSON.stringify(leadIds)}) AS ids
    JOIN leads ON leads.id = ids.value AND +leads.bot_id = ${telling.botId} AND leads.status <> 'deleted'`;
}

/** Lines of leads that a call names, in their order; those that there are not here too. @param userId who is meant, if one is */
export function linesOfNamedLeads(
  telling: Telling,
  { leadIds, except, userId }: Pick<LeadAudience, "leadIds" | "except" | "userId">,
): SQL {
  return sql`SELECT ${line(sql`ids.key`, sql`${userId ?? null}`, telling)}
    FROM json_each(${JSON.stringify(leadIds)}) AS ids
    LEFT JOIN leads ON leads.id = ids.value AND +leads.bot_id = ${telling.botId} AND leads.status <> 'deleted'
    LEFT JOIN persons ON persons.id = leads.person_id LEFT JOIN ${openLink}
    WHERE ${isNoneOf(except)}`;
}

/** Lines of persons that a call names, in their order; those that there are not here too. */
export function linesOfNamedPersons(
  telling: Telling,
  { personIds, except }: { readonly personIds: readonly number[]; readonly except?: readonly string[] },
): SQL {
  return sql`SELECT ${line(sql`ids.key, leads.id`, account, telling)}
    FROM json_each(${JSON.stringify(personIds)}) AS ids
    LEFT JOIN persons ON persons.id = ids.value AND +persons.bot_id = ${telling.botId}
    LEFT JOIN ${openLink}
    LEFT JOIN leads ON ${leadsOfPerson(telling)}
    WHERE ${isNoneOf(except)}`;
}

function isNoneOf(except: readonly string[] = []): SQL {
  return sql`coalesce(${account} NOT IN (SELECT value FROM json_each(${JSON.stringify(except)})), true)`;
}

/** Lines of leads that a rule fits, each by itself, by their ids. */
export function linesOfLeads(part: Part, stretch: Stretch): SQL {
  return leadsThat(part, stretch, sql`true`);
}

/** Lines of leads without a person that a rule fits, by their ids; without those that moved. */
export function linesOfStrangers(part: Part, stretch: Stretch): SQL {
  return leadsThat(
    part,
    stretch,
    sql`leads.person_id IS NULL AND (leads.moved_at IS NULL OR leads.moved_at < ${part.since})`,
  );
}

// The plus keeps SQLite from the index of a bot's leads: it would read all of them for each stretch.
function leadsThat(part: Part, { after, upTo }: Stretch, which: SQL): SQL {
  const { botId, rule } = part;
  return sql`SELECT ${line(sql`leads.id`, account, part)}
    FROM leads LEFT JOIN persons ON persons.id = leads.person_id LEFT JOIN ${openLink}
    WHERE leads.id > ${after} AND leads.id <= ${upTo} AND +leads.bot_id = ${botId} AND leads.status <> 'deleted'
      AND ${which} AND ${ruleSql(rule, sql`leads`)}`;
}

/** Lines of persons of whom a lead fits a rule, by their ids; without those of whom a lead moved. */
export function linesOfPersons(part: Part, { after, upTo }: Stretch): SQL {
  const { botId, rule, since } = part;
  return sql`SELECT ${line(sql`persons.id`, account, part)}
    FROM persons LEFT JOIN ${openLink}
    JOIN leads ON leads.id = ${toldLead(part, ruleSql(rule, sql`candidate`))}
    WHERE ${personsIn(botId, { after, upTo })} AND NOT ${hasMoved(since)}`;
}

/** Ids of the persons that `linesOfPersons` leaves out. */
export function personsLeft({ botId, since }: Part, stretch: Stretch): SQL {
  return sql`SELECT id FROM persons WHERE ${personsIn(botId, stretch)} AND ${hasMoved(since)}`;
}

function personsIn(botId: string, { after, upTo }: Stretch): SQL {
  return sql`persons.bot_id = ${botId} AND persons.id > ${after} AND persons.id <= ${upTo}`;
}

function hasMoved(since: number): SQL {
  return sql`EXISTS (SELECT 1 FROM leads AS moved WHERE moved.person_id = persons.id AND moved.moved_at >= ${since})`;
}

/**
 * Lines of those that were left out because a lead of theirs moved: one of each person that they are, or were before
 * they signed out, where neither their account nor any of that person's leads stands in the ledger of this call yet.
 * @param left persons that were left out, whatever leads they have now
 */
export function linesOfMoved(part: Part, callId: string, left: readonly number[]): SQL {
  const { botId, rule, since } = part;
  return sql`SELECT ${line(sql`leads.id`, account, part)}
    FROM (
      SELECT leads.id, row_number() OVER (
        PARTITION BY coalesce(leads.person_id, leads.moved_from, 'lead ' || leads.id)
        ORDER BY ${firstTold(sql`leads`, part)}) AS turn
      FROM leads LEFT JOIN persons ON persons.id = leads.person_id LEFT JOIN ${openLink}
      WHERE leads.id IN (${leadsOfMoved(botId, since, left)}) AND leads.status <> 'deleted'
        AND ${ruleSql(rule, sql`leads`)}
    ) AS chosen
    JOIN leads ON leads.id = chosen.id
    LEFT JOIN persons ON persons.id = leads.person_id LEFT JOIN ${openLink}
    WHERE chosen.turn = 1 AND NOT EXISTS (
      SELECT 1 FROM leads AS other
      WHERE (other.id = leads.id OR other.person_id = coalesce(leads.person_id, leads.moved_from))
        AND other.id IN (SELECT lead_id FROM deliveries WHERE call_id = ${callId}))
      AND coalesce(${account} NOT IN (
        SELECT user_id FROM deliveries WHERE call_id = ${callId} AND user_id IS NOT NULL), true)`;
}

/** Ids of leads that moved, and all those of the persons they now are, and of persons that were left. */
function leadsOfMoved(botId: string, since: number, left: readonly number[]): SQL {
  const persons = sql`SELECT person_id FROM leads WHERE moved_at >= ${since} AND +bot_id = ${botId}
    UNION SELECT value FROM json_each(${JSON.stringify(left)})`;
  return sql`SELECT id FROM leads WHERE moved_at >= ${since} AND +bot_id = ${botId}
    UNION SELECT id FROM leads WHERE person_id IN (${persons})`;
}
