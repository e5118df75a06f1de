import type { PersonField, PersonFields } from "../../contract/person-change.ts";

/** The fields that are named. */
export function given(fields: PersonFields): PersonFields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The fields that are other than before. */
export function differing(before: PersonFields, after: PersonFields): readonly PersonField[] {
  const names = Object.keys(given(after)) as PersonField[];
  return names.filter((name) => inWords(before[name]) !== inWords(after[name]));
}

/** A field as text; of a place, what is not said is empty. */
function inWords(value: PersonFields[PersonField]): string {
  if (typeof value !== "object") return String(value);
  const { country = "", region = "", city = "" } = value;
  return JSON.stringify([country, region, city]);
}
