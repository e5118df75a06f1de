import { html } from "hono/html";
import type { Order, OrderStatus } from "../data/orders.ts";
import type { Html } from "./layout.ts";
import { dayOf, money } from "./words.ts";

const STATUSES: Readonly<Record<OrderStatus, string>> = {
  new: "принят",
  paid: "оплачен",
  shipped: "в пути",
  done: "получен",
  cancelled: "отменён",
};

/** The orders of one person; an employee sees everybody's, with the names of those who ordered. */
export function ordersPage(orders: readonly Order[], names: ReadonlyMap<number, string>, all: boolean): Html {
  return html`<h1>${all ? "Заказы семьи" : "Мои заказы"}</h1>
    <p class="lead">Из нашей лавки: книги, чай и всё для дома.</p>
    ${orders.length === 0 ? html`<p class="card empty">Заказов пока нет.</p>` : ""}
    ${orders.map((order) => card(order, all ? (names.get(order.userId) ?? "") : ""))}`;
}

function card(order: Order, buyer: string): Html {
  return html`<article class="card order" data-testid="order" data-order="${order.id}">
    <header>
      <h2>Заказ № ${order.id}</h2>
      <span class="mark ${order.status}">${STATUSES[order.status]}</span>
      <span class="hint">${[buyer, dayOf(order.createdAt)].filter(Boolean).join(" · ")}</span>
    </header>
    <table>
      <tbody>
        ${order.items.map(
          (item) => html`<tr>
            <td>${item.name}</td>
            <td class="number">${item.quantity} шт.</td>
            <td class="number">${money(item.price * item.quantity, order.currency)}</td>
          </tr>`,
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colspan="2">Итого</th>
          <td class="number">${money(order.total, order.currency)}</td>
        </tr>
      </tfoot>
    </table>
  </article>`;
}
