import { html } from "hono/html";
import type { Order, OrderStatus } from "../../data/orders.ts";
import type { User } from "../../data/users.ts";
import { placeInputs } from "../account/user-form.ts";
import type { Other } from "../actor.ts";
import { actAs, type Html } from "../layout.ts";
import { dayAndTime } from "../words.ts";
import { orderedGoods, statusMark } from "./orders.ts";

/** An order with what the visitor may do about it. */
export interface OrderView {
  readonly order: Order;
  /** Whose order it is; `null` where they were deleted since. */
  readonly buyer: User | null;
  readonly moves: readonly OrderStatus[];
  /** Whether the visitor may correct where it is brought to. */
  readonly isStaff: boolean;
  /** Who could do more here than the visitor. */
  readonly others: readonly Other[];
  /** What a guest sees in place of the ways to change it; `null` for who is signed in. */
  readonly hint: Html | null;
  readonly told: Html;
}

/** What a button says that takes an order there. */
const MOVES: Readonly<Record<OrderStatus, string>> = {
  new: "Принять",
  paid: "Оплатить",
  shipped: "Отправить",
  done: "Получен",
  cancelled: "Отменить",
};

/** The page of one order. */
export function orderPage({ order, buyer, moves, isStaff, others, hint, told }: OrderView): Html {
  const address = `/orders/${order.id}`;
  return html`<p class="back"><a href="/orders">← Все заказы</a></p>
    <article class="card order" data-testid="order" data-order="${order.id}">
      <header>
        <h1>Заказ № ${order.id}</h1>
        ${statusMark(order)}
        <span class="hint">${order.userName} · ${dayAndTime(order.createdAt)}</span>
      </header>
      ${orderedGoods(order)} ${buyer ? html`<p class="hint">${placeWords(buyer)}</p>` : ""}
    </article>
    <div class="buttons">
      ${moves.map((status) => moveButton(address, status))} ${others.map((person) => actAs(person, address))}
    </div>
    ${isStaff && buyer ? delivery(address, buyer) : ""} ${hint ?? ""} ${told}`;
}

function moveButton(address: string, status: OrderStatus): Html {
  return html`<form method="post" action="${address}/status" data-once>
    <input type="hidden" name="status" value="${status}" />
    <button class="button ${status === "cancelled" ? "calm" : ""}" data-testid="move-${status}">${MOVES[status]}</button>
  </form>`;
}

function placeWords({ location: { country, region, city } }: User): string {
  const place = [country, region, city].filter(Boolean).join(", ");
  return place ? `Доставка: ${place}` : "Адрес доставки неизвестен";
}

function delivery(address: string, { location }: User): Html {
  return html`<form class="card form fields" method="post" action="${address}/delivery" data-testid="delivery-form" data-once>
    <h2>Куда доставить</h2>
    ${placeInputs(location)}
    <div class="form-end">
      <span class="hint">Меняет адрес в данных покупателя; об этом узнает бот.</span>
      <button class="button" data-testid="delivery-submit">Исправить адрес</button>
    </div>
  </form>`;
}
