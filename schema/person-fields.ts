import type { PersonFields } from "../contract/person-change.ts";
import type { Location, SystemUser } from "../contract/system.ts";
import { persons } from "./persons.ts";

/** Columns that hold what the main system tells of a user. */
export const fieldColumns = {
  firstName: persons.firstName,
  lastName: persons.lastName,
  patronymic: persons.patronymic,
  role: persons.role,
  active: persons.active,
  phone: persons.phone,
  email: persons.email,
  country: persons.country,
  region: persons.region,
  city: persons.city,
};

/** What those columns hold. */
export type FieldRow = Pick<typeof persons.$inferSelect, keyof typeof fieldColumns>;

/** A user of the main system as columns. */
export function rowOf(user: SystemUser): FieldRow {
  const { firstName, lastName, patronymic, role, active, phone, email, location } = user;
  return { firstName, lastName, patronymic, role, active, phone, email, ...placeOf(location) };
}

/** What is told of a user as columns: those alone of which something is told, a location as a whole. */
export function toldRowOf({ location, ...fields }: PersonFields): Partial<FieldRow> {
  const told = { ...fields, ...(location && placeOf(location)) };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
}

function placeOf({ country = "", region = "", city = "" }: Location) {
  return { country, region, city };
}
