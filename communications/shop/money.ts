import type { Language } from "../../contract/words.ts";

const TAGS: Readonly<Record<Language, string>> = { ru: "ru-RU", en: "en-GB" };

/** Codes that `Intl` takes; it throws at any other. */
const CODE = /^[A-Z]{3}$/;

/** A sum as a person reads it: "2 830 ₽"; in a currency that has no code of ISO 4217, "2 830 points". */
export function money(amount: number, currency: string, language: Language): string {
  const tag = TAGS[language];
  if (!CODE.test(currency)) return `${new Intl.NumberFormat(tag).format(amount)} ${currency}`.trim();
  const style = { style: "currency", currency, trailingZeroDisplay: "stripIfInteger" } as const;
  return new Intl.NumberFormat(tag, style).format(amount);
}
