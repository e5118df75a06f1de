import type { Database } from "./database.ts";
import { fullName } from "./users.ts";

/** How far an order has come. */
export const ORDER_STATUSES = ["new", "paid", "shipped", "done", "cancelled"] as const;

/** How far an order has come. */
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** One line of an order; the price is for one piece, in whole roubles. */
export interface OrderItem {
  readonly name: string;
  readonly quantity: number;
  readonly price: number;
}

/** An order from the family's little shop. */
export interface Order {
  readonly id: number;
  readonly userId: number;
  readonly userName: string;
  readonly status: OrderStatus;
  readonly items: readonly OrderItem[];
  readonly total: number;
  readonly currency: string;
  readonly createdAt: number;
}

/** An order that is about to be stored. */
export type NewOrder = Omit<Order, "id" | "userName" | "total">;

type OrderRow = Omit<Order, "userName" | "items" | "total"> & {
  readonly items: string;
  readonly name: string;
  readonly surname: string | null;
};

const SELECT = `SELECT orders.id, user_id AS userId, users.name, users.surname, status, items, currency,
  created_at AS createdAt FROM orders JOIN users ON users.id = user_id`;

/** One order, or `null`. */
export function findOrder(db: Database, id: number): Order | null {
  const row = db.one<OrderRow>(`${SELECT} WHERE orders.id = ?`, id);
  return row ? fromRow(row) : null;
}

/** The orders of one user, or of everybody where `userId` is `null`; newest first, 200 at most. */
export function ordersOf(db: Database, userId: number | null): Order[] {
  const sql = `${SELECT} WHERE ?1 IS NULL OR user_id = ?1 ORDER BY created_at DESC, orders.id DESC LIMIT 200`;
  return db.all<OrderRow>(sql, userId).map(fromRow);
}

/** Stores an order, under an id of its own or the given one, and returns that id. */
export function addOrder(db: Database, order: NewOrder, id: number | null = null): number {
  return db.run(
    "INSERT INTO orders (id, user_id, status, currency, items, created_at) VALUES (?, ?, ?, ?, ?, ?)",
    id,
    order.userId,
    order.status,
    order.currency,
    JSON.stringify(order.items),
    order.createdAt,
  );
}

/** Notes how far an order has come. Tells nobody: that is `moveOrder`. */
export function setOrderStatus(db: Database, id: number, status: OrderStatus): void {
  db.run("UPDATE orders SET status = ? WHERE id = ?", status, id);
}

/** What so many things cost together. */
export function totalOf(items: readonly OrderItem[]): number {
  return items.reduce((sum, item) => sum + item.price * item.quantity, 0);
}

function fromRow({ items, name, surname, ...rest }: OrderRow): Order {
  const parsed = JSON.parse(items) as OrderItem[];
  return { ...rest, userName: fullName({ name, surname }), items: parsed, total: totalOf(parsed) };
}
