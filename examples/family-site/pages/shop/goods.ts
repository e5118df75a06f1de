import { html } from "hono/html";
import { CURRENCY, type Good } from "../../data/goods.ts";
import type { Html } from "../layout.ts";
import { money } from "../words.ts";

/** What the visitor can do in the shop: fill their cart, or, as a guest, sign in first. */
type Shopping = { readonly cartLink: Html } | { readonly hint: Html };

/** The shop: everything it sells, each with a button that puts one into the visitor's cart where they have one. */
export function goodsPage(goods: readonly Good[], shopping: Shopping): Html {
  const canBuy = "cartLink" in shopping;
  return html`<div class="title-row">
      <h1>Семейная лавка</h1>
      ${canBuy ? shopping.cartLink : ""}
    </div>
    <p class="lead">Книги, чай и всё для дома. Заказ собирают на Мойке.</p>
    <ul class="members">
      ${goods.map((good) => card(good, canBuy))}
    </ul>
    ${canBuy ? "" : shopping.hint}`;
}

function card(good: Good, canBuy: boolean): Html {
  return html`<li class="card good" data-testid="good">
    <span class="author">${good.name}</span>
    <span class="price">${money(good.price, CURRENCY)}</span>
    ${canBuy ? buying(good) : ""}
  </li>`;
}

function buying({ id, name }: Good): Html {
  return html`<form method="post" action="/cart/items" data-once>
    <input type="hidden" name="goodId" value="${id}" />
    <button class="button quiet" aria-label="В корзину: ${name}">В корзину</button>
  </form>`;
}
