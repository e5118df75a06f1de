import type { PersonField, PersonFields } from "./person-change.ts";
import { toE164 } from "./phone.ts";
import type { Location } from "./system.ts";

/**
 * The one place where a main system's names of a user's fields meet ours (requirement 18): what it says in
 * `GET /user`, what it is told in `POST /user`, and what it tells us in `users/update`. `null`: not told there.
 */
export const PERSON_FIELDS = {
  lastName: { answered: "surname", told: "lastname", tells: "lastname" },
  firstName: { answered: "name", told: "firstname", tells: "firstname" },
  patronymic: { answered: "patronymic", told: "middlename", tells: "patronymic" },
  role: { answered: "role", told: "role", tells: "role" },
  active: { answered: "isActive", told: null, tells: "active" },
  phone: { answered: "phone", told: "phone", tells: "phone" },
  email: { answered: "email", told: "email", tells: "email" },
  location: { answered: "location", told: "location", tells: "location" },
} as const satisfies Record<PersonField, Readonly<Record<Occasion, string | null>>>;

/** The names of a user's fields, in our names. */
export const PERSON_FIELD_NAMES = Object.keys(PERSON_FIELDS) as readonly PersonField[];

/** When a user's fields go over the wire: `GET /user`, `POST /user`, `users/update`. */
export type Occasion = "answered" | "told" | "tells";

type Names<On extends Occasion> = { [Field in PersonField]: (typeof PERSON_FIELDS)[Field][On] };

type Ours<On extends Occasion, Wire> = {
  [Field in PersonField as Names<On>[Field] extends keyof Wire ? Field : never]: Wire[Names<On>[Field] &
    keyof Wire];
};

type Theirs<On extends Occasion, Own> = {
  [Field in PersonField & keyof Own as Names<On>[Field] & string]: Own[Field];
};

/** The name of every field on one occasion. */
export function namesOn<On extends Occasion>(occasion: On): Names<On> {
  const names = Object.entries(PERSON_FIELDS).map(([field, called]) => [field, called[occasion]]);
  return Object.fromEntries(names) as Names<On>;
}

/** What came under the names of an occasion, under ours, as it came; what is no field of a user is left out. */
export function inOurNames<On extends Occasion, Wire extends object>(
  occasion: On,
  wire: Wire,
): Ours<On, Wire> {
  const given = new Map<unknown, unknown>(Object.entries(wire));
  const fields = Object.entries(namesOn(occasion)).filter(([, name]) => given.has(name));
  return Object.fromEntries(fields.map(([field, name]) => [field, given.get(name)])) as Ours<On, Wire>;
}

/** The way back: our fields under the names of an occasion; what is not told there is left out. */
export function inTheirNames<On extends Occasion, Own extends Partial<Record<PersonField, unknown>>>(
  occasion: On,
  own: Own,
): Theirs<On, Own> {
  const names: Readonly<Record<string, string | null>> = namesOn(occasion);
  const told = Object.entries(own).flatMap(([field, value]) => {
    const name = names[field];
    return name ? [[name, value]] : [];
  });
  return Object.fromEntries(told) as Theirs<On, Own>;
}

/** A text of a main system; `null` is one that was emptied. */
type Text = string | null | undefined;

/** The fields of `users/update` (requirement 9) as a main system may write them. */
export interface ToldPerson {
  readonly lastname?: Text;
  readonly firstname?: Text;
  readonly patronymic?: Text;
  readonly role?: string | undefined;
  readonly active?: boolean | undefined;
  readonly phone?: Text | number;
  readonly email?: Text;
  readonly location?:
    | { readonly country?: Text; readonly region?: Text; readonly city?: Text }
    | null
    | undefined;
}

/** What `users/update` tells of a user, in our names; what is absent stays absent, and a `null` is empty. */
export function personFieldsOf(wire: ToldPerson): PersonFields {
  const { phone, location, ...rest } = inOurNames("tells", wire);
  return present({
    lastName: orEmpty(rest.lastName),
    firstName: orEmpty(rest.firstName),
    patronymic: orEmpty(rest.patronymic),
    email: orEmpty(rest.email),
    role: rest.role,
    active: rest.active,
    phone: phone === undefined ? undefined : toE164(String(phone ?? "")),
    location: location === undefined ? undefined : placeOf(location ?? {}),
  });
}

/** What a field is called in `users/update`: by that name the answer of a call tells that it changed. */
export function wireNameOf(field: PersonField): string {
  return PERSON_FIELDS[field].tells;
}

function placeOf(place: NonNullable<ToldPerson["location"]>): Location {
  const { country, region, city } = place;
  return present({ country: orEmpty(country), region: orEmpty(region), city: orEmpty(city) });
}

const orEmpty = (text: Text): string | undefined => (text === null ? "" : text);

/** Without what is undefined: to those who compare, a field that is there has a value. */
function present<Fields extends object>(
  fields: Fields,
): { [Name in keyof Fields]?: NonNullable<Fields[Name]> } {
  const there = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as { [Name in keyof Fields]?: NonNullable<Fields[Name]> };
}
