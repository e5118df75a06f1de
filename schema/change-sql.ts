import { type SQL, sql } from "drizzle-orm";
import type { PersonChange, PersonFields } from "../contract/person-change.ts";
import type { SystemUser } from "../contract/system.ts";
import { endFormLinks, endStartLinks } from "./end-links.ts";
import { moveLeads } from "./move-lead.ts";
import { newcomerSql } from "./newcomer-sql.ts";
import { toldRowOf } from "./person-fields.ts";
import { isStranger, personLinkedTo, personOfUser } from "./person-of-user.ts";

/** A change of a user of a bot, at a time (milliseconds since 1970). */
export interface ChangeAt {
  readonly botId: string;
  readonly change: PersonChange;
  /** The user, where the main system alone knows them: a person is made of them first. */
  readonly newcomer?: SystemUser | null;
  readonly now: number;
}

/** The leads where a user is signed in, also those in which they are barred; as a condition on `leads`. */
export function leadsSignedIn(botId: string, userId: string): SQL {
  return sql`leads.person_id = ${personLinkedTo(botId, userId)}`;
}

/**
 * The leads of a user, as a condition on `leads`: of the person who is that user; or where nobody is now, those of
 * strangers who were the last one to be.
 */
export function leadsOfUser(botId: string, userId: string): SQL {
  return sql`(${leadsSignedIn(botId, userId)} OR (${isStranger()}
    AND ${personLinkedTo(botId, userId)} IS NULL AND leads.moved_from = ${personOfUser(botId, userId)}))`;
}

/**
 * Statements that make a change, on a condition; for one batch. Each finds whom it changes by itself: somebody may have
 * signed in or out since the change was looked at. Made twice, they change nothing the second time.
 */
export function changeSql(at: ChangeAt, when: SQL = sql`true`): readonly SQL[] {
  const { botId, newcomer, now } = at;
  return [...(newcomer ? newcomerSql(botId, newcomer, now, when) : []), ...changeOnly(at, when)];
}

function changeOnly({ botId, change, now }: ChangeAt, when: SQL): readonly SQL[] {
  const { userId } = change;
  const isPerson = sql`persons.id = ${personOfUser(botId, userId)} AND ${when}`;
  const onPerson = (set: SQL) => sql`UPDATE persons SET ${set}, updated_at = ${now} WHERE ${isPerson}`;
  const onLeads = (set: SQL) =>
    sql`UPDATE leads SET ${set} WHERE ${leadsSignedIn(botId, userId)} AND ${when}`;
  switch (change.kind) {
    case "connect":
      return [];
    case "update":
      return [updateSql(change.fields, now, isPerson)];
    case "block":
      return [
        onPerson(sql`blocked = 1, block_reason = ${change.reason}`),
        // Whoever speaks with them there speaks with a stranger from now on.
        onLeads(sql`with_operator = 0`),
      ];
    case "unblock":
      return [onPerson(sql`blocked = 0, block_reason = NULL`)];
    case "disconnect":
    case "delete":
      return signOutSql({ botId, change, now }, when);
    case "pause":
      return [onLeads(sql`paused_until = ${change.until}`)];
    case "resume":
      return [onLeads(sql`paused_until = NULL`)];
  }
}

/**
 * Signs out everywhere: takes the person from all their leads, and unlinks their account; its history stays. All links
 * that were given out end with it: those with a PIN since their BUID is nobody's any more.
 */
function signOutSql({ botId, change, now }: ChangeAt, when: SQL): readonly SQL[] {
  const person = personLinkedTo(botId, change.userId);
  const areTheirs = sql`leads.person_id = ${person} AND ${when}`;
  const account = sql`bot_id = ${botId} AND web_user_id = ${change.userId} AND ${when}`;
  return [
    endFormLinks(areTheirs, now),
    sql`UPDATE leads SET with_operator = 0 WHERE ${areTheirs}`,
    moveLeads(sql`NULL`, areTheirs, now),
    endStartLinks(account, now),
    sql`UPDATE web_users SET unlinked_at = ${now} WHERE unlinked_at IS NULL AND ${account}`,
  ];
}

/** What is told of a user is set, all else stays. */
function updateSql(fields: PersonFields, now: number, isPerson: SQL): SQL {
  return sql`UPDATE persons SET
      first_name = coalesce(told.fields ->> 'firstName', first_name),
      last_name = coalesce(told.fields ->> 'lastName', last_name),
      patronymic = coalesce(told.fields ->> 'patronymic', patronymic),
      role = coalesce(told.fields ->> 'role', role),
      active = coalesce(told.fields ->> 'active', active),
      phone = coalesce(told.fields ->> 'phone', phone),
      email = coalesce(told.fields ->> 'email', email),
      country = coalesce(told.fields ->> 'country', country),
      region = coalesce(told.fields ->> 'region', region),
      city = coalesce(told.fields ->> 'city', city),
      updated_at = ${now}
    FROM (SELECT ${JSON.stringify(toldRowOf(fields))} AS fields) AS told WHERE ${isPerson}`;
}
