import { type SQL, sql } from "drizzle-orm";
import type { PersonChange, PersonFields } from "../contract/person-change.ts";
import { toldRowOf } from "./person-fields.ts";
import { personLinkedTo, personOfUser } from "./person-of-user.ts";

/** A change of a user of a bot, at a time (milliseconds since 1970). */
export interface ChangeAt {
  readonly botId: string;
  readonly change: PersonChange;
  readonly now: number;
}

/**
 * The leads of a user, as a condition on `leads`: of the person who is that user; or where nobody is now, those without
 * a person who were the last one to be.
 */
export function leadsOfUser(botId: string, userId: string): SQL {
  return sql`(leads.person_id = ${personLinkedTo(botId, userId)} OR (leads.person_id IS NULL
    AND ${personLinkedTo(botId, userId)} IS NULL AND leads.moved_from = ${personOfUser(botId, userId)}))`;
}

/**
 * Statements that make a change, on a condition; for one batch. Each finds whom it changes by itself: somebody may have
 * signed in or out since the change was looked at. Made twice, they change nothing the second time.
 */
export function changeSql({ botId, change, now }: ChangeAt, when: SQL = sql`true`): readonly SQL[] {
  const { userId } = change;
  const isPerson = sql`persons.id = ${personOfUser(botId, userId)} AND ${when}`;
  const onPerson = (set: SQL) => sql`UPDATE persons SET ${set}, updated_at = ${now} WHERE ${isPerson}`;
  const onLeads = (set: SQL) => sql`UPDATE leads SET ${set} WHERE ${leadsOfUser(botId, userId)} AND ${when}`;
  switch (change.kind) {
    case "connect":
      return [];
    case "update":
      return [updateSql(change.fields, now, isPerson)];
    case "block":
      return [onPerson(sql`blocked = 1, block_reason = ${change.reason}`)];
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

/** Signs out everywhere: takes the person from all their leads, and unlinks their account; its history stays. */
function signOutSql({ botId, change, now }: ChangeAt, when: SQL): readonly SQL[] {
  const person = personLinkedTo(botId, change.userId);
  return [
    sql`UPDATE leads SET person_id = NULL, moved_from = person_id, moved_at = ${now}
      WHERE person_id = ${person} AND ${when}`,
    sql`UPDATE web_users SET unlinked_at = ${now}
      WHERE bot_id = ${botId} AND web_user_id = ${change.userId} AND unlinked_at IS NULL AND ${when}`,
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
