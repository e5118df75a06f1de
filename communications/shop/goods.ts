import { type Html, html, lines } from "../../contract/html.ts";
import type { Cart, Order } from "../../contract/system.ts";
import type { Language } from "../../contract/words.ts";
import { money } from "./money.ts";

/** What an order and a cart have in common. */
export type Goods = Pick<Order & Cart, "items" | "total" | "currency">;

/** Lines of a list that is still read on a phone; the rest is counted. */
const MOST_LINES = 15;

const phrases = {
  ru: { total: "Итого", more: (count: number) => `…и ещё позиций: ${count}` },
  en: { total: "Total", more: (count: number) => `…and ${count} more` },
} as const satisfies Record<Language, unknown>;

/** What is bought, line by line, and the total. */
export function listOf({ items, total, currency }: Goods, language: Language): Html {
  const { total: label, more } = phrases[language];
  const goods = items.slice(0, MOST_LINES).map(({ name, quantity, price }) => {
    const count = quantity === 1 ? "" : ` × ${quantity}`;
    return html`• ${name}${count} — ${money(price * quantity, currency, language)}`;
  });
  const rest = items.length > MOST_LINES ? [html`${more(items.length - MOST_LINES)}`] : [];
  const sum = html`<b>${label}: ${money(total, currency, language)}</b>`;
  return lines([...goods, ...rest, sum]);
}
