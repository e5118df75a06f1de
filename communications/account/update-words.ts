import { html } from "../../contract/html.ts";
import type { PersonField } from "../../contract/person-change.ts";
import type { Language, Words } from "../../contract/words.ts";
import type { ChangedBy } from "./update-params.ts";

/** What a person calls the fields of their account. */
const FIELDS: Readonly<Record<PersonField, Words<string>>> = {
  lastName: { ru: "фамилия", en: "last name" },
  firstName: { ru: "имя", en: "first name" },
  patronymic: { ru: "отчество", en: "patronymic" },
  role: { ru: "роль на сайте", en: "role on the site" },
  active: { ru: "состояние учётной записи", en: "state of the account" },
  phone: { ru: "телефон", en: "phone" },
  email: { ru: "электронная почта", en: "e-mail" },
  location: { ru: "адрес", en: "address" },
};

/** Who has changed them. */
const WHO: Readonly<Record<ChangedBy, Words<string>>> = {
  user: { ru: "В вашей учётной записи изменилось", en: "This has changed in your account" },
  administrator: {
    ru: "Администратор сайта изменил данные вашей учётной записи",
    en: "The site's administrator has changed your account details",
  },
  employee: {
    ru: "Наш сотрудник изменил данные вашей учётной записи",
    en: "One of our staff has changed your account details",
  },
};

function named(fields: readonly PersonField[], language: Language): string {
  return fields.map((field) => FIELDS[field][language]).join(", ");
}

/** What the account map says of changes that others made. */
export const updateWords = {
  changed: (by: ChangedBy, fields: readonly PersonField[]) => ({
    ru: html`✏️ ${WHO[by].ru}: <b>${named(fields, "ru")}</b>.`,
    en: html`✏️ ${WHO[by].en}: <b>${named(fields, "en")}</b>.`,
  }),
  switchedOn: {
    ru: "Ваша учётная запись на сайте снова включена.",
    en: "Your account on the site is switched on again.",
  },
  notRight: { ru: "Это неверно", en: "That is wrong" },
  mendOnSite: {
    ru: "Спасибо, что сказали. Исправить данные можно на сайте, в вашем профиле; если там не получится, обратитесь к администратору сайта.",
    en: "Thank you for telling me. You can correct it on the site, in your profile; if that doesn't work, please contact the site's administrator.",
  },
  addressCorrected: (address: string) => ({
    ru: html`📦 Мы уточнили ваш адрес доставки: <b>${address}</b>. Всё верно?`,
    en: html`📦 We have corrected your delivery address: <b>${address}</b>. Is it right?`,
  }),
  yes: { ru: "Да, верно", en: "Yes, it is" },
  no: { ru: "Нет", en: "No" },
  thanks: { ru: "Спасибо! Так и доставим.", en: "Thank you! We will deliver there." },
  rightAddress: {
    ru: "Как правильно? Напишите, пожалуйста, адрес — я передам его сотруднику.",
    en: "What is the right one? Please write the address: I will pass it on.",
  },
  addressAgain: {
    ru: "Адрес пуст или длиннее 500 знаков. Напишите, пожалуйста, короче.",
    en: "The address is empty or longer than 500 characters. Please write a shorter one.",
  },
  leaveIt: { ru: "Оставить как есть", en: "Leave it" },
  left: { ru: "Хорошо, оставляем как есть.", en: "All right, we leave it as it is." },
  passedOn: {
    ru: "Спасибо, передал. Сотрудник исправит адрес.",
    en: "Thank you, I have passed it on. One of our staff will correct the address.",
  },
  /** What the main system's people read: in the language of the person who wrote it. */
  request: (told: string, right: string) => ({
    ru: `Неверный адрес доставки: «${told}». Правильный: ${right}`,
    en: `Wrong delivery address: “${told}”. The right one: ${right}`,
  }),
  signInFirst: { ru: "Чтобы ответить, нужно войти: /start", en: "Please sign in to answer: /start" },
} satisfies Record<
  string,
  Words | ((...texts: string[]) => Words) | ((by: ChangedBy, fields: readonly PersonField[]) => Words)
>;
