import { type SQL, sql } from "drizzle-orm";
import { randomBase62 } from "../contract/random.ts";
import type { SystemUser } from "../contract/system.ts";
import { personOfUser } from "./person-of-user.ts";
import { insertPerson } from "./person-sql.ts";
import { BUID_LENGTH } from "./web-users.ts";

/**
 * Statements that make a person of a user who never was in this bot, on a condition; for one batch. Their account is
 * unlinked from the first, as of somebody who has signed out: whoever signs in as that user becomes this person. Where
 * there is such a person by now, nobody is made.
 * @param now milliseconds since 1970
 */
export function newcomerSql(botId: string, user: SystemUser, now: number, when: SQL): readonly SQL[] {
  const { userId } = user;
  // One condition for both: the second statement is what makes it untrue.
  const isNew = sql`${personOfUser(botId, userId)} IS NULL AND ${when}`;
  return [
    insertPerson(botId, user, isNew, now),
    sql`INSERT INTO web_users (bot_id, buid, person_id, web_user_id, linked_at, unlinked_at)
      SELECT ${botId}, ${randomBase62(BUID_LENGTH)}, last_insert_rowid(), ${userId}, ${now}, ${now} WHERE ${isNew}`,
  ];
}
