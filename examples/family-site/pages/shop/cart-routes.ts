import { randomUUID } from "node:crypto";
import type { Context, Hono } from "hono";
import { z } from "zod";
import { cartOf, putIntoCart, takeFromCart } from "../../data/carts.ts";
import { allGoods } from "../../data/goods.ts";
import { findUser } from "../../data/users.ts";
import type { Site } from "../../site.ts";
import { parseId } from "../../text.ts";
import { leaveShop, orderCart } from "../../trade.ts";
import { actorOf, othersThan } from "../actor.ts";
import { actOnce, FormKey, formOf } from "../forms.ts";
import { smallForms } from "../limits.ts";
import { show } from "../show.ts";
import { toldSection } from "../told.ts";
import { cartLink, cartPage } from "./cart.ts";
import { goodsPage } from "./goods.ts";

const ItemFields = z.object({ goodId: z.coerce.number().int() });
const LeaveFields = z.object({ formKey: FormKey });

/** The shop and the carts. What changes a cart changes the visitor's own. */
export function cartRoutes(site: Site, pages: Hono): void {
  const { db } = site;
  const small = smallForms(site);
  pages.get("/shop", (c) => {
    const { id } = actorOf(db, c);
    return show(site, c, "Лавка", goodsPage(allGoods(db), cartLink(id, cartOf(db, id))));
  });
  pages.get("/carts/:id", (c) => cart(site, c, parseId(c.req.param("id")) ?? 0));
  pages.post("/cart/items", small, async (c) => {
    const { goodId } = ItemFields.parse(await formOf(c));
    if (!allGoods(db).some(({ id }) => id === goodId)) return c.notFound();
    putIntoCart(db, { userId: actorOf(db, c).id, goodId, quantity: 1 });
    return c.redirect("/shop", 303);
  });
  pages.post("/cart/items/remove", small, async (c) => {
    const { goodId } = ItemFields.parse(await formOf(c));
    const { id } = actorOf(db, c);
    takeFromCart(db, id, goodId);
    return c.redirect(`/carts/${id}`, 303);
  });
  pages.post("/cart/order", small, (c) => {
    const { id } = actorOf(db, c);
    const orderId = orderCart(site, id);
    // An order that was made a moment ago has emptied the cart: a second click finds nothing to order.
    return c.redirect(orderId === null ? "/orders" : `/orders/${orderId}`, 303);
  });
  pages.post("/cart/leave", small, async (c) => {
    const { formKey } = LeaveFields.parse(await formOf(c));
    const { id } = actorOf(db, c);
    return actOnce(site, c, { key: formKey, contents: [String(id)] }, () => {
      leaveShop(site, id);
      return `/carts/${id}`;
    });
  });
}

function cart(site: Site, c: Context, userId: number): Response | Promise<Response> {
  const owner = findUser(site.db, { userId });
  if (!owner) return c.notFound();
  const actor = actorOf(site.db, c);
  const view = {
    owner,
    others: othersThan(actor, site.db, [userId]),
    items: cartOf(site.db, userId),
    isOwn: actor.id === userId,
    told: toldSection(site.db, `cart:${userId}`, `/carts/${userId}`),
    key: randomUUID(),
  };
  return show(site, c, "Корзина", cartPage(view));
}
