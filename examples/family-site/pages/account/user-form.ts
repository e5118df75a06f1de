import { html } from "hono/html";
import { z } from "zod";
import type { User } from "../../data/users.ts";
import { email, Maybe, phone } from "../../fields.ts";
import { NameText } from "../../text.ts";
import { typed } from "../forms.ts";
import type { Html } from "../layout.ts";
import { ROLES } from "../words.ts";

/** What is shown in the form of a person's data. */
export interface UserForm {
  readonly values: Readonly<Record<FieldName, string>>;
  readonly problem: string | null;
}

const LABELS = {
  name: "Имя",
  patronymic: "Отчество",
  surname: "Фамилия",
  phone: "Телефон",
  email: "Электронная почта",
  country: "Страна",
  region: "Регион",
  city: "Город",
  role: "Роль",
} as const;

type FieldName = keyof typeof LABELS;

/** What browsers offer to fill in, and which keyboard a phone shows. */
const KINDS: Readonly<Record<Exclude<FieldName, "role">, string>> = {
  name: "type=text autocomplete=given-name required",
  patronymic: "type=text autocomplete=additional-name",
  surname: "type=text autocomplete=family-name",
  phone: "type=tel autocomplete=tel",
  email: "type=email autocomplete=email",
  country: "type=text autocomplete=country-name",
  region: "type=text autocomplete=address-level1",
  city: "type=text autocomplete=address-level2",
};

/** The place alone: what an employee corrects of a delivery. */
export const PlaceFields = z
  .object({ country: Maybe, region: Maybe, city: Maybe })
  .transform((place) => ({ location: place }));

/** What a person edits of themself. A phone or an e-mail stays, so that they can be found. */
export const OwnFields = z
  .object({
    name: NameText,
    patronymic: Maybe,
    surname: Maybe,
    phone: phone("номер не разобрать"),
    email: email("адрес не разобрать"),
    country: Maybe,
    region: Maybe,
    city: Maybe,
  })
  .refine((fields) => fields.phone !== null || fields.email !== null, {
    path: ["phone"],
    message: "нужен телефон или почта",
  })
  .transform(({ country, region, city, ...rest }) => ({ ...rest, location: { country, region, city } }));

/** What an administrator edits of anybody. */
export const AllFields = OwnFields.and(z.object({ role: NameText }));

/** A form filled with what is known of a person. */
export function formOfUser({ location, ...user }: User): UserForm {
  const values = {
    name: user.name,
    patronymic: user.patronymic ?? "",
    surname: user.surname ?? "",
    phone: user.phone === null ? "" : `+${user.phone}`,
    email: user.email ?? "",
    country: location.country ?? "",
    region: location.region ?? "",
    city: location.city ?? "",
    role: user.role,
  };
  return { values, problem: null };
}

/** The form as it was sent, with what is wrong with it. */
export function formAgain(body: Record<string, unknown>, problem: string): UserForm {
  const names = Object.keys(LABELS) as FieldName[];
  const values = Object.fromEntries(names.map((name) => [name, typed(body, name)]));
  return { values: values as UserForm["values"], problem };
}

/** The first mistake, with the name of its field. */
export function fieldProblem(error: z.ZodError): string {
  const issue = error.issues[0];
  const label = LABELS[issue?.path[0] as FieldName];
  if (!issue || !label) return "Заполните форму ещё раз";
  return `${label}: ${issue.code === "too_big" ? "слишком длинно" : issue.message.toLowerCase()}`;
}

/** A person's data, to be edited; the role too where `withRole`. */
export function userForm(
  { values, problem }: UserForm,
  { action, withRole }: { readonly action: string; readonly withRole: boolean },
): Html {
  const names = Object.keys(KINDS) as (keyof typeof KINDS)[];
  return html`<form class="card form fields" method="post" action="${action}" data-testid="user-form" data-once>
    ${problem === null ? "" : html`<p class="problem" id="problem" role="alert" data-testid="problem">${problem}</p>`}
    ${names.map((name) => input(name, values[name]))} ${withRole ? roleField(values.role) : ""}
    <div class="form-end">
      <span class="hint">О том, что изменилось, сайт сообщит боту.</span>
      <button class="button" data-testid="user-submit">Сохранить</button>
    </div>
  </form>`;
}

/** The fields of a place, for a form of its own. */
export function placeInputs({ country, region, city }: User["location"]): Html {
  return html`${input("country", country ?? "")} ${input("region", region ?? "")} ${input("city", city ?? "")}`;
}

function input(name: keyof typeof KINDS, value: string): Html {
  return html`<div class="field">
    <label for="field-${name}">${LABELS[name]}</label>
    <input id="field-${name}" name="${name}" value="${value}" maxlength="${name === "email" ? 254 : 100}" ${KINDS[name]} />
  </div>`;
}

function roleField(role: string): Html {
  const roles = Object.keys(ROLES);
  const known = roles.includes(role) ? roles : [...roles, role];
  return html`<div class="field">
    <label for="field-role">${LABELS.role}</label>
    <select id="field-role" name="role">
      ${known.map((one) => html`<option value="${one}" ${one === role ? "selected" : ""}>${ROLES[one] ?? one}</option>`)}
    </select>
  </div>`;
}
