import type { Context } from "hono";
import type { Site } from "../site.ts";
import { messagePage, type PageStatus } from "./show.ts";

/** Everything that an act can refuse, in the words of a page. */
const REFUSALS = {
  "user-not-found": [404, "Такого человека на сайте нет"],
  "user-inactive": [403, "Доступ этого человека закрыт"],
  "order-not-found": [404, "Такого заказа нет"],
  "request-not-found": [404, "Такой заявки нет"],
  "last-employee": [409, "Это единственный сотрудник: без него о сайте некому заботиться"],
  "phone-taken": [409, "Этот телефон уже у другого человека"],
  "email-taken": [409, "Эта почта уже у другого человека"],
  "move-not-allowed": [409, "Так изменить заказ сейчас нельзя"],
  "not-your-request": [403, "Это может сделать только участник заявки"],
  "request-not-finished": [409, "Оценить можно выполненную заявку"],
  "wrong-status": [409, "Заявка уже в другом состоянии"],
} as const satisfies Record<string, readonly [PageStatus, string]>;

/** Why an act was refused. */
export type Reason = keyof typeof REFUSALS;

/** The words for a refusal. */
export function refusalWords(reason: Reason): string {
  return REFUSALS[reason][1];
}

/** Sends the browser on where it is done, or says on a page of its own why it is not. */
export function done(
  site: Site,
  c: Context,
  result: { readonly ok: true } | { readonly ok: false; readonly reason: Reason },
  next: string,
): Response | Promise<Response> {
  if (result.ok) return c.redirect(next, 303);
  const [status, words] = REFUSALS[result.reason];
  return messagePage(site, c, status, words);
}
