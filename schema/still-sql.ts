import { type SQL, sql } from "drizzle-orm";
import type { PersonChange } from "../contract/person-change.ts";
import { leadsSignedIn } from "./change-sql.ts";
import { personLinkedTo, personOfUser } from "./person-of-user.ts";

/**
 * Whether a change that was found to be one is one still, as a condition: another call may have made the same a moment
 * before, and has told of it then. Of a greeting and of fields there is no telling: they are told as they were found.
 * @param now milliseconds since 1970
 */
export function isStillChange(botId: string, change: PersonChange, now: number): SQL {
  const { userId } = change;
  const person = (how: SQL) =>
    sql`EXISTS (SELECT 1 FROM persons WHERE persons.id = ${personOfUser(botId, userId)} AND ${how})`;
  const lead = (how: SQL) =>
    sql`EXISTS (SELECT 1 FROM leads WHERE ${leadsSignedIn(botId, userId)} AND leads.status <> 'deleted' AND ${how})`;
  switch (change.kind) {
    case "connect":
    case "update":
      return sql`true`;
    case "block":
      return sql`NOT ${person(sql`persons.blocked AND coalesce(persons.block_reason, '') = ${change.reason}`)}`;
    case "unblock":
      return person(sql`persons.blocked`);
    case "disconnect":
    case "delete":
      return sql`${personLinkedTo(botId, userId)} IS NOT NULL`;
    case "pause":
      return lead(sql`leads.paused_until IS NOT ${change.until}`);
    case "resume":
      return lead(sql`leads.paused_until > ${now}`);
  }
}
