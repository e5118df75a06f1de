import type { Text } from "./html.ts";

/** The languages people are spoken to in. */
export const LANGUAGES = ["ru", "en"] as const;

/** One of the languages people are spoken to in. */
export type Language = (typeof LANGUAGES)[number];

/** A text in every language. */
export type Words<T extends Text = Text> = Readonly<Record<Language, T>>;

/** Something to show: in every language, or (what a person wrote) as it is in any. */
export type Sayable = Text | Words;

/** `said` in one language. */
export function inLanguage(said: Sayable, language: Language): Text {
  return typeof said === "string" || "html" in said ? said : said[language];
}

/**
 * The language for a person whose messenger says `code` (IETF tag, "ru-RU"); `otherwise` where it says nothing.
 * Those who have set neither of our languages read English.
 */
export function languageOf(code: string | undefined, otherwise: Language): Language {
  if (!code) return otherwise;
  return code.toLowerCase().split("-")[0] === "ru" ? "ru" : "en";
}
