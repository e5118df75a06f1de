import { html } from "hono/html";
import type { Order, OrderStatus } from "../../data/orders.ts";
import type { Html } from "../layout.ts";
import { dayOf, money } from "../words.ts";

const STATUSES: Readonly<Record<OrderStatus, string>> = {
  new: "принят",
  paid: "оплачен",
  shipped: "в пути",
  done: "получен",
  cancelled: "отменён",
};

/** The orders of one person; an employee sees everybody's, with the names of those who ordered. */
export function ordersPage(orders: readonly Order[], all: boolean): Html {
  return html`<h1>${all ? "Заказы семьи" : "Мои заказы"}</h1>
    <p class="lead">Из нашей <a href="/shop">лавки</a>: книги, чай и всё для дома.</p>
    ${orders.length === 0 ? html`<p class="card empty">Заказов пока нет.</p>` : ""}
    ${orders.map(
      (order) => html`<article class="card order" data-testid="order" data-order="${order.id}">
        <header>
          <h2><a href="/orders/${order.id}">Заказ № ${order.id}</a></h2>
          ${statusMark(order)}
          <span class="hint">${[all ? order.userName : "", dayOf(order.createdAt)].filter(Boolean).join(" · ")}</span>
        </header>
        ${orderedGoods(order)}
      </article>`,
    )}`;
}

/** How far an order is, in a word. */
export function statusMark({ status }: Order): Html {
  return html`<span class="mark ${status}" data-testid="order-status">${STATUSES[status]}</span>`;
}

/** What was ordered, and what it costs. */
export function orderedGoods({ items, total, currency }: Order): Html {
  return html`<table>
    <caption class="unseen">Что в заказе</caption>
    <tbody>
      ${items.map(
        (item) => html`<tr>
          <td>${item.name}</td>
          <td class="number">${item.quantity} шт.</td>
          <td class="number">${money(item.price * item.quantity, currency)}</td>
        </tr>`,
      )}
    </tbody>
    <tfoot>
      <tr>
        <th scope="row" colspan="2">Итого</th>
        <td class="number">${money(total, currency)}</td>
      </tr>
    </tfoot>
  </table>`;
}
