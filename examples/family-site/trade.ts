import { cartOf, emptyCart } from "./data/carts.ts";
import { CURRENCY } from "./data/goods.ts";
import { addOrder, findOrder, type Order, type OrderStatus, setOrderStatus } from "./data/orders.ts";
import { isStaff, type User } from "./data/users.ts";
import type { Site } from "./site.ts";
import { tell } from "./tell.ts";

/** Done, or why the order stays as it is. */
export type Moved =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: "order-not-found" | "move-not-allowed" };

type Moves = Readonly<Record<OrderStatus, readonly OrderStatus[]>>;

const EMPLOYEES_MOVES: Moves = {
  new: ["paid", "cancelled"],
  paid: ["shipped", "cancelled"],
  shipped: ["done"],
  done: [],
  cancelled: [],
};

const BUYERS_MOVES: Moves = { ...EMPLOYEES_MOVES, paid: [] };

/** Where this person may take the order from here; a guest nowhere. */
export function movesOf(order: Order, actor: User | null): readonly OrderStatus[] {
  if (actor === null) return [];
  if (isStaff(actor)) return EMPLOYEES_MOVES[order.status];
  return actor.id === order.userId ? BUYERS_MOVES[order.status] : [];
}

/** Makes an order of a cart, empties it and starts `order/status`; `null` where nothing lies in it. */
export function orderCart(site: Site, userId: number): number | null {
  return site.db.transaction(() => {
    const { db } = site;
    const items = cartOf(db, userId).map(({ name, quantity, price }) => ({ name, quantity, price }));
    if (items.length === 0) return null;
    const createdAt = site.clock.now();
    const orderId = addOrder(db, { userId, status: "new", items, currency: CURRENCY, createdAt });
    emptyCart(db, userId);
    tell(site, {
      alias: "order/status",
      params: { userId, orderId, status: "new" },
      subject: `order:${orderId}`,
    });
    return orderId;
  });
}

/** Somebody goes and leaves things in their cart: starts `cart/abandoned`. False where nothing lies in it. */
export function leaveShop(site: Site, userId: number): boolean {
  return site.db.transaction(() => {
    if (cartOf(site.db, userId).length === 0) return false;
    tell(site, { alias: "cart/abandoned", params: { userId }, subject: `cart:${userId}` });
    return true;
  });
}

/** Takes an order on and starts `transaction/thank-you` where it becomes paid (requirement 11), else `order/status`. */
export function moveOrder(site: Site, orderId: number, status: OrderStatus, actor: User): Moved {
  return site.db.transaction(() => {
    const order = findOrder(site.db, orderId);
    if (!order) return { ok: false, reason: "order-not-found" };
    if (!movesOf(order, actor).includes(status)) return { ok: false, reason: "move-not-allowed" };
    setOrderStatus(site.db, orderId, status);
    const { userId } = order;
    const isPaid = status === "paid";
    const alias = isPaid ? "transaction/thank-you" : "order/status";
    // With its status: asked for later, of two moves in a row the second would be told twice.
    tell(site, {
      alias,
      params: { userId, orderId, ...(isPaid ? {} : { status }) },
      subject: `order:${orderId}`,
    });
    return { ok: true };
  });
}
