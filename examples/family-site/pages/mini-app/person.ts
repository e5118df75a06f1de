import { html } from "hono/html";
import type { Good } from "../../data/goods.ts";
import { CURRENCY } from "../../data/goods.ts";
import type { Order } from "../../data/orders.ts";
import type { User } from "../../data/users.ts";
import type { Html } from "../layout.ts";
import { statusMark } from "../shop/orders.ts";
import { dayOf, money } from "../words.ts";

/** What the person has ordered and could order. Links leave Telegram: the site's other pages may not be framed. */
export function appPerson(user: User, orders: readonly Order[], goods: readonly Good[]): Html {
  return html`<section data-testid="app-person">
    <h1>Здравствуйте, ${user.name}!</h1>
    <h2>Мои заказы</h2>
    <ul class="rows" data-testid="app-orders">
      ${orders.length === 0 ? html`<li class="card">Заказов пока нет.</li>` : orders.map(orderRow)}
    </ul>
    <h2>В лавке</h2>
    <ul class="rows" data-testid="app-goods">
      ${goods.map(({ name, price }) => html`<li class="card between"><span>${name}</span><span class="price">${money(price, CURRENCY)}</span></li>`)}
    </ul>
    <p><a class="button" href="/shop" target="_blank" rel="noopener">Открыть лавку</a></p>
  </section>`;
}

/** Telegram says who it is, and the site has no account for them. */
export function appStranger(name: string, signInLink: string): Html {
  return html`<section class="card empty" data-testid="app-stranger">
    <h1>Здравствуйте${name ? `, ${name}` : ""}!</h1>
    <p>Ваш Telegram пока не подключён к аккаунту на сайте. Бот пришлёт ссылку и PIN — это минута.</p>
    <p><a class="button" href="${signInLink}" target="_blank" rel="noopener" data-testid="app-sign-in">Войти на сайт</a></p>
  </section>`;
}

/** The account is blocked or deleted. */
export function appClosed(): Html {
  return html`<section class="card empty" data-testid="app-closed">
    <h1>Доступ закрыт</h1>
    <p>В этот аккаунт войти нельзя. Почему — знает хозяин сайта.</p>
  </section>`;
}

/** What came is not from Telegram, or too old. */
export function appRefused(): Html {
  return html`<section class="card empty" data-testid="app-refused">
    <h1>Откройте страницу ещё раз</h1>
    <p>Она была открыта слишком давно. Закройте её и нажмите кнопку в чате с ботом снова.</p>
  </section>`;
}

function orderRow(order: Order): Html {
  return html`<li class="card" data-order="${order.id}">
    <div class="between">
      <a href="/orders/${order.id}" target="_blank" rel="noopener">Заказ № ${order.id}</a>
      ${statusMark(order)}
    </div>
    <span class="hint">${dayOf(order.createdAt)} · ${money(order.total, order.currency)}</span>
  </li>`;
}
