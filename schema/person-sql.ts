import { type SQL, sql } from "drizzle-orm";
import type { SystemUser } from "../contract/system.ts";
import { rowOf } from "./person-fields.ts";

/**
 * A statement that makes a person of a user of the main system.
 * @param when a condition
 * @param now milliseconds since 1970
 */
export function insertPerson(botId: string, user: SystemUser, when: SQL, now: number): SQL {
  const row = rowOf(user);
  return sql`INSERT INTO persons (bot_id, first_name, last_name, patronymic, role, active, phone, email, country, region,
      city, created_at, updated_at)
    SELECT ${botId}, ${row.firstName}, ${row.lastName}, ${row.patronymic}, ${row.role}, ${Number(row.active)},
      ${row.phone}, ${row.email}, ${row.country}, ${row.region}, ${row.city}, ${now}, ${now} WHERE ${when}`;
}

/** A statement that writes down what the main system says of a person by now. @param now milliseconds since 1970 */
export function updatePerson(personId: number, user: SystemUser, now: number): SQL {
  const row = rowOf(user);
  return sql`UPDATE persons SET first_name = ${row.firstName}, last_name = ${row.lastName},
      patronymic = ${row.patronymic}, role = ${row.role}, active = ${Number(row.active)}, phone = ${row.phone},
      email = ${row.email}, country = ${row.country}, region = ${row.region}, city = ${row.city}, updated_at = ${now}
    WHERE id = ${personId}`;
}
