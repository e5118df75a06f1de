import { html } from "hono/html";
import { CURRENCY, type Good } from "../../data/goods.ts";
import type { Html } from "../layout.ts";
import { money } from "../words.ts";

/** The shop: everything it sells, each with a button that puts one into the visitor's cart. */
export function goodsPage(goods: readonly Good[], cartLink: Html): Html {
  return html`<div class="title-row">
      <h1>Семейная лавка</h1>
      ${cartLink}
    </div>
    <p class="lead">Книги, чай и всё для дома. Заказ собирают на Мойке.</p>
    <ul class="members">
      ${goods.map(card)}
    </ul>`;
}

function card(good: Good): Html {
  return html`<li class="card good" data-testid="good">
    <span class="author">${good.name}</span>
    <span class="price">${money(good.price, CURRENCY)}</span>
    <form method="post" action="/cart/items" data-once>
      <input type="hidden" name="goodId" value="${good.id}" />
      <button class="button quiet" aria-label="В корзину: ${good.name}">В корзину</button>
    </form>
  </li>`;
}
