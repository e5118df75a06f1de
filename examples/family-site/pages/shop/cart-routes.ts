import { randomUUID } from "node:crypto";
import type { Context, Hono } from "hono";
import { z } from "zod";
import { cartOf, putIntoCart, takeFromCart } from "../../data/carts.ts";
import { allGoods } from "../../data/goods.ts";
import { findUser, type User } from "../../data/users.ts";
import type { Site } from "../../site.ts";
import { parseId } from "../../text.ts";
import { leaveShop, orderCart } from "../../trade.ts";
import { othersThan } from "../actor.ts";
import { actOnce, FormKey, formOf } from "../forms.ts";
import { guestHint, signedIn } from "../guest.ts";
import { smallForms } from "../limits.ts";
import { sessionUser } from "../session.ts";
import { show } from "../show.ts";
import { toldSection } from "../told.ts";
import { cartLink, cartPage } from "./cart.ts";
import { goodsPage } from "./goods.ts";

const ItemFields = z.object({ goodId: z.coerce.number().int() });
const LeaveFields = z.object({ formKey: FormKey });

/** A guest looks at the goods and at everybody's cart, and has none. */
const OWN_CART = { inOrderTo: "собирать корзину", back: "/shop" };

/** The shop and the carts. What changes a cart changes the visitor's own. */
export function cartRoutes(site: Site, pages: Hono): void {
  const { db } = site;
  const small = smallForms(site);
  const forOwner = (act: (c: Context, owner: User) => Response | Promise<Response>) =>
    signedIn(site, OWN_CART, act);
  pages.get("/shop", (c) => shop(site, c));
  pages.get("/carts/:id", (c) => cart(site, c, parseId(c.req.param("id")) ?? 0));
  pages.post(
    "/cart/items",
    small,
    forOwner(async (c, { id }) => {
      const { goodId } = ItemFields.parse(await formOf(c));
      if (!allGoods(db).some((good) => good.id === goodId)) return c.notFound();
      putIntoCart(db, { userId: id, goodId, quantity: 1 });
      return c.redirect("/shop", 303);
    }),
  );
  pages.post(
    "/cart/items/remove",
    small,
    forOwner(async (c, { id }) => {
      const { goodId } = ItemFields.parse(await formOf(c));
      takeFromCart(db, id, goodId);
      return c.redirect(`/carts/${id}`, 303);
    }),
  );
  pages.post(
    "/cart/order",
    small,
    forOwner((c, { id }) => {
      const orderId = orderCart(site, id);
      // An order that was made a moment ago has emptied the cart: a second click finds nothing to order.
      return c.redirect(orderId === null ? "/orders" : `/orders/${orderId}`, 303);
    }),
  );
  pages.post(
    "/cart/leave",
    small,
    forOwner((c, owner) => leave(site, c, owner)),
  );
}

async function leave(site: Site, c: Context, { id }: User): Promise<Response> {
  const { formKey } = LeaveFields.parse(await formOf(c));
  return actOnce(site, c, { key: formKey, contents: [String(id)] }, () => {
    leaveShop(site, id);
    return `/carts/${id}`;
  });
}

function shop(site: Site, c: Context): Promise<Response> {
  const { db } = site;
  const actor = sessionUser(site, c);
  const content = actor
    ? goodsPage(allGoods(db), { cartLink: cartLink(actor.id, cartOf(db, actor.id)) })
    : goodsPage(allGoods(db), { hint: guestHint(site, OWN_CART) });
  return show(site, c, "Лавка", content);
}

function cart(site: Site, c: Context, userId: number): Response | Promise<Response> {
  const owner = findUser(site.db, { userId });
  if (!owner) return c.notFound();
  const actor = sessionUser(site, c);
  const view = {
    owner,
    others: othersThan(actor, site.db, [userId]),
    items: cartOf(site.db, userId),
    isOwn: actor?.id === userId,
    told: toldSection(site.db, `cart:${userId}`, `/carts/${userId}`),
    key: randomUUID(),
  };
  return show(site, c, "Корзина", cartPage(view));
}
