import type { z } from "zod";
import { en, ru } from "zod/locales";
import { NO_ID } from "../../contract/id.ts";
import { saidOf } from "../../contract/problem.ts";
import type { Language } from "../../contract/words.ts";
import { BodyTooLarge, NotJson, type ReadBody } from "../body.ts";
import type { Problem } from "./envelope.ts";

/** Largest body of a call; 100,000 of the longest usual ids fit in. */
export const LARGEST_CALL = 4 * 1024 * 1024;
/** Deepest nesting of a body: parameters are two or three levels deep. */
const DEEPEST = 32;

/** Error texts in the bot's language; those that zod has no good words for are ours. */
const texts: Readonly<Record<Language, z.core.$ZodErrorMap>> = {
  ru: (issue) => ours(issue, "ru") ?? ru().localeError(issue),
  en: (issue) => ours(issue, "en") ?? en().localeError(issue),
};

/** The one union that parameters have is an id. */
function ours(issue: z.core.$ZodRawIssue, language: Language): string | undefined {
  if (issue.code === "custom") return saidOf(issue.params)?.[language];
  if (issue.code === "invalid_union") return NO_ID[language];
  if (issue.code === "too_small" && issue.origin === "array") return lists.empty[language];
  if (issue.code === "too_big" && issue.origin === "array") return `${lists.long[language]} ${issue.maximum}`;
  return undefined;
}

const lists: Readonly<Record<"empty" | "long", Record<Language, string>>> = {
  empty: { ru: "Список пуст", en: "The list is empty" },
  long: { ru: "В списке больше элементов, чем", en: "The list has more elements than" },
};

const outside: Readonly<Record<"large" | "json" | "deep" | "broken", Record<Language, string>>> = {
  large: { ru: "Тело запроса больше 4 МиБ", en: "The body is larger than 4 MiB" },
  json: { ru: "Тело запроса — не JSON", en: "The body is not JSON" },
  deep: { ru: "Слишком большая вложенность", en: "Nested too deeply" },
  broken: { ru: "Это не текст Unicode: половина знака", en: "This is no text of Unicode: half a character" },
};

/** A request's body in its shape, with its text, or what is wrong with it. */
export type Validated<T> =
  | { readonly ok: true; readonly value: T; readonly text: string }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Checks the body of a call. */
export function validate<T extends z.ZodType>(
  body: ReadBody,
  shape: T,
  language: Language,
): Validated<z.output<T>> {
  if (body instanceof BodyTooLarge) return wrong(outside.large[language]);
  if (body instanceof NotJson) return wrong(outside.json[language]);
  if (deeperThan(DEEPEST, body.text)) return wrong(outside.deep[language]);
  const broken = HALF_WRITTEN.test(body.text) ? brokenText(body.value) : null;
  if (broken) return wrong(outside.broken[language], broken);
  const read = check(shape, body.value, language);
  return read.ok ? { ...read, text: body.text } : read;
}

/** A value that has its shape, or what is wrong with it. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Checks anything that came from outside; what is wrong is told in the bot's language, under `at` if that is given. */
export function check<T extends z.ZodType>(
  schema: T,
  value: unknown,
  language: Language,
  at: readonly string[] = [],
): Checked<z.output<T>> {
  const read = schema.safeParse(value, { error: texts[language] });
  if (read.success) return { ok: true, value: read.data };
  const problems = read.error.issues.map(({ path, message }) => ({
    path: [...at, ...path].join("."),
    message,
  }));
  return { ok: false, problems };
}

function wrong(message: string, path: readonly string[] = []): Validated<never> {
  return { ok: false, problems: [{ path: path.join("."), message }] };
}

/** Without one of these no text of the body can be broken: what was read as UTF-8 is whole. */
const HALF_WRITTEN = /\\u[dD][89a-fA-F]/;

/**
 * Where a text stands that holds half a character (a lone surrogate): neither the database nor an address takes it.
 * `null` where there is none. The nesting was bounded before.
 */
function brokenText(value: unknown): readonly string[] | null {
  if (typeof value === "string") return value.isWellFormed() ? null : [];
  if (typeof value !== "object" || value === null) return null;
  for (const [name, part] of Object.entries(value)) {
    if (!name.isWellFormed()) return [name.toWellFormed()];
    const found = brokenText(part);
    if (found) return [name, ...found];
  }
  return null;
}

/** Whether a text of JSON nests deeper; counted over the text, so that no depth of it costs a stack. */
function deeperThan(most: number, json: string): boolean {
  let depth = 0;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[{]|[\]}]/g)) {
    if (token === "{" || token === "[") depth += 1;
    else if (token === "}" || token === "]") depth -= 1;
    if (depth > most) return true;
  }
  return false;
}
