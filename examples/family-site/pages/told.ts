import { randomUUID } from "node:crypto";
import type { Hono } from "hono";
import { etag } from "hono/etag";
import { html } from "hono/html";
import type { Database } from "../data/database.ts";
import { type Notice, noticesOf, retryFailed, type Subject } from "../data/outbox.ts";
import type { Site } from "../site.ts";
import { parseId } from "../text.ts";
import { BackPath, formOf } from "./forms.ts";
import { guestPage } from "./guest.ts";
import type { Html } from "./layout.ts";
import { smallForms } from "./limits.ts";
import { botStatus } from "./notice.ts";
import { sessionUser } from "./session.ts";
import { fragment } from "./show.ts";
import { dayAndTime } from "./words.ts";

/** As much as a person looks back. */
const SHOWN = 10;

/** What happened, in a person's words, for every communication that the site starts. */
const TITLES: Readonly<Record<string, string>> = {
  "users/update": "Данные изменены",
  "users/connect-bot": "Бота позвали",
  "users/disconnect-bot": "Бот отключён",
  unlink: "Telegram отключён",
  "users/block": "Доступ закрыт",
  "users/unblock": "Доступ открыт",
  "users/delete": "Аккаунт удалён",
  "users/pause": "Бот просили помолчать",
  "users/resume": "Бот просили вернуться",
  "transaction/thank-you": "Заказ оплачен",
  "order/status": "Заказ оформлен или изменён",
  "cart/abandoned": "Покупки остались в корзине",
  "request/accepted": "Заявка принята",
  "request/message": "Исполнитель ответил",
  "request/finished": "Заявка выполнена",
};

/** What the site told the bot about a thing and what the bot answered; renews itself while the page is open. */
export function toldSection(db: Database, subject: Subject, back: string, title = "Что узнал бот"): Html {
  const address = `/told/${subject.replace(":", "/")}?back=${encodeURIComponent(back)}`;
  return html`<section class="told" data-testid="told">
    <h2>${title}</h2>
    <ol data-live="${address}" aria-live="polite">${toldItems(db, subject, back)}</ol>
  </section>`;
}

/** The way in for the script of an open page, and the button that sends again what failed. */
export function toldRoutes(site: Site, pages: Hono): void {
  pages.use("/told/*", etag());
  pages.get("/told/:kind{user|order|cart|request}/:id", (c) => {
    const id = parseId(c.req.param("id"));
    if (id === null) return c.notFound();
    const subject = `${c.req.param("kind")}:${id}` as Subject;
    return fragment(c, toldItems(site.db, subject, BackPath.parse(c.req.query("back"))));
  });
  pages.post("/notices/:id/retry", smallForms(site), async (c) => {
    const id = parseId(c.req.param("id"));
    const back = BackPath.parse((await formOf(c)).back);
    if (id === null) return c.notFound();
    if (!sessionUser(site, c)) return guestPage(site, c, { inOrderTo: "поторопить бота", back });
    retryFailed(site.db, { id, key: randomUUID(), now: site.clock.now() });
    site.wakeOutbox();
    return c.redirect(back, 303);
  });
}

function toldItems(db: Database, subject: Subject, back: string): Html {
  const notices = noticesOf(db, subject, SHOWN).reverse();
  if (notices.length === 0)
    return html`<li class="hint" data-key="nothing">Пока ничего: рассказывать не о чем.</li>`;
  // An older notice would contradict the newer ones: only the last can be sent again.
  return html`${notices.map((notice, at) => item(notice, at === 0 ? back : null))}`;
}

function item(notice: Notice, back: string | null): Html {
  return html`<li data-key="notice-${notice.id}" data-testid="told-item" data-alias="${notice.alias}">
    <span>${TITLES[notice.alias] ?? notice.alias}</span>
    <time class="hint" datetime="${new Date(notice.createdAt).toISOString()}">${dayAndTime(notice.createdAt)}</time>
    ${botStatus(notice, back)}
  </li>`;
}
