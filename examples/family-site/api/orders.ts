import type { Handler } from "hono";
import { cartOf } from "../data/carts.ts";
import { CURRENCY } from "../data/goods.ts";
import { findOrder, type OrderItem, totalOf } from "../data/orders.ts";
import { findUser } from "../data/users.ts";
import type { Site } from "../site.ts";
import { parseId } from "../text.ts";

/** `GET /orders/{id}`; prices are whole units of the currency. */
export function getOrder(site: Site): Handler {
  return (c) => {
    const id = parseId(c.req.param("id"));
    const order = id === null ? null : findOrder(site.db, id);
    if (!order) return c.json({ error: "order-not-found" }, 404);
    const { userId, status, items, total, currency } = order;
    const url = `${site.publicUrl()}/orders/${order.id}`;
    return c.json({ orderId: order.id, userId, status, items, total, currency, url });
  };
}

/** `GET /cart/{userId}`: what lies in it; an empty one is no cart. */
export function getCart(site: Site): Handler {
  return (c) => {
    const userId = parseId(c.req.param("id"));
    const known = userId !== null && findUser(site.db, { userId }) !== null;
    const items: OrderItem[] = known
      ? cartOf(site.db, userId).map(({ name, quantity, price }) => ({ name, quantity, price }))
      : [];
    if (items.length === 0) return c.json({ error: "cart-not-found" }, 404);
    const url = `${site.publicUrl()}/carts/${userId}`;
    return c.json({ userId, items, total: totalOf(items), currency: CURRENCY, url });
  };
}
