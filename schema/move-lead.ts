import { type SQL, sql } from "drizzle-orm";
import { randomBase62 } from "../contract/random.ts";
import { BUID_LENGTH } from "./web-users.ts";

/**
 * A statement that makes leads another person, and notes it for those who are walking past everybody.
 * @param personId the person they become; NULL is nobody
 * @param which a condition on `leads`
 * @param now milliseconds since 1970
 */
export function moveLeads(personId: SQL, which: SQL, now: number): SQL {
  return sql`UPDATE leads SET person_id = ${personId}, moved_from = person_id, moved_at = ${now} WHERE ${which}`;
}

/**
 * A statement that gives the person of one lead another BUID: whatever was given out for the old one opens nothing.
 * @param which a condition on `leads` that one lead meets at the most
 */
export function renewBuids(which: SQL): SQL {
  return sql`UPDATE web_users SET buid = ${randomBase62(BUID_LENGTH)}
    WHERE unlinked_at IS NULL AND person_id = (SELECT leads.person_id FROM leads WHERE ${which})`;
}
