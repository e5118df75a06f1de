import { html } from "hono/html";
import type { CartItem } from "../../data/carts.ts";
import { CURRENCY } from "../../data/goods.ts";
import { totalOf } from "../../data/orders.ts";
import { fullName, type User } from "../../data/users.ts";
import type { Other } from "../actor.ts";
import { actAs, type Html } from "../layout.ts";
import { counted, money } from "../words.ts";

/** Somebody's cart: its owner can order from it or leave the shop, everybody else can look. */
export interface CartView {
  readonly owner: User;
  readonly items: readonly CartItem[];
  readonly isOwn: boolean;
  /** Its owner, where the visitor acts as somebody else. */
  readonly others: readonly Other[];
  readonly told: Html;
  /** One-time key of the button that leaves the shop. */
  readonly key: string;
}

/** The way to the visitor's own cart. */
export function cartLink(userId: number, items: readonly CartItem[]): Html {
  const pieces = items.reduce((sum, { quantity }) => sum + quantity, 0);
  return html`<a class="button calm" href="/carts/${userId}" data-testid="cart-link"
    >Корзина: ${pieces === 0 ? "пусто" : counted(pieces, "вещь", "вещи", "вещей")}</a>`;
}

/** The page of a cart. */
export function cartPage({ owner, items, isOwn, others, told, key }: CartView): Html {
  const name = fullName(owner);
  return html`<p class="back"><a href="/shop">← Лавка</a></p>
    <h1>${isOwn ? "Моя корзина" : `Корзина: ${name}`}</h1>
    ${items.length === 0 ? html`<p class="card empty" data-testid="empty-cart">Здесь пока ничего нет.</p>` : goods(items, isOwn)}
    ${others.map((person) => actAs(person, `/carts/${owner.id}`))}
    ${isOwn && items.length > 0 ? ways(key) : ""} ${told}`;
}

function goods(items: readonly CartItem[], isOwn: boolean): Html {
  return html`<div class="card order" data-testid="cart">
    <table>
      <caption class="unseen">Что лежит в корзине</caption>
      <tbody>
        ${items.map((item) => line(item, isOwn))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colspan="2">Итого</th>
          <td class="number">${money(totalOf(items), CURRENCY)}</td>
        </tr>
      </tfoot>
    </table>
  </div>`;
}

function line({ goodId, name, quantity, price }: CartItem, isOwn: boolean): Html {
  return html`<tr data-testid="cart-item">
    <td>${name} ${isOwn ? removal(goodId, name) : ""}</td>
    <td class="number">${quantity} шт.</td>
    <td class="number">${money(price * quantity, CURRENCY)}</td>
  </tr>`;
}

function removal(goodId: number, name: string): Html {
  return html`<form method="post" action="/cart/items/remove">
    <input type="hidden" name="goodId" value="${goodId}" />
    <button class="link" aria-label="Убрать: ${name}">Убрать</button>
  </form>`;
}

function ways(key: string): Html {
  return html`<div class="buttons">
    <form method="post" action="/cart/order" data-once>
      <button class="button" data-testid="order-cart">Оформить заказ</button>
    </form>
    <form method="post" action="/cart/leave" data-once>
      <input type="hidden" name="formKey" value="${key}" />
      <button class="button calm" data-testid="leave-shop" aria-describedby="leave-hint">Уйти из лавки</button>
    </form>
    <span class="hint" id="leave-hint">Если уйти, бот потом напомнит о том, что осталось в корзине.</span>
  </div>`;
}
