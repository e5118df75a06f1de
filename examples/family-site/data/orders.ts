import type { Database } from "./database.ts";

/** How far an order has come. */
export type OrderStatus = "new" | "paid" | "shipped" | "done" | "cancelled";

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
  readonly status: OrderStatus;
  readonly items: readonly OrderItem[];
  readonly total: number;
  readonly currency: string;
  readonly createdAt: number;
}

/** An order that is about to be stored, under an id of its own choice. */
export type NewOrder = Omit<Order, "total">;

type OrderRow = Omit<NewOrder, "items"> & { readonly items: string };

const SELECT = "SELECT id, user_id AS userId, status, items, currency, created_at AS createdAt FROM orders";

/** One order, or `null`. */
export function findOrder(db: Database, id: number): Order | null {
  const row = db.one<OrderRow>(`${SELECT} WHERE id = ?`, id);
  return row ? fromRow(row) : null;
}

/** The orders of one user, or of everybody where `userId` is `null`; newest first, 200 at most. */
export function ordersOf(db: Database, userId: number | null): Order[] {
  const sql = `${SELECT} WHERE ?1 IS NULL OR user_id = ?1 ORDER BY created_at DESC, id DESC LIMIT 200`;
  return db.all<OrderRow>(sql, userId).map(fromRow);
}

/** Stores an order. */
export function addOrder(db: Database, order: NewOrder): void {
  db.run(
    "INSERT INTO orders (id, user_id, status, currency, items, created_at) VALUES (?, ?, ?, ?, ?, ?)",
    order.id,
    order.userId,
    order.status,
    order.currency,
    JSON.stringify(order.items),
    order.createdAt,
  );
}

function fromRow({ items, ...rest }: OrderRow): Order {
  const parsed = JSON.parse(items) as OrderItem[];
  return { ...rest, items: parsed, total: parsed.reduce((sum, item) => sum + item.price * item.quantity, 0) };
}
