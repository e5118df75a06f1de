import type { Database } from "./database.ts";
import type { OrderItem } from "./orders.ts";

/** A line of somebody's cart. */
export interface CartItem extends OrderItem {
  readonly goodId: number;
}

/** More of one thing is no family's order. */
export const MOST_PIECES = 99;

/** What lies in a user's cart, in the order it was put there; nothing for whom nobody knows. */
export function cartOf(db: Database, userId: number): CartItem[] {
  const sql = `SELECT good_id AS goodId, name, quantity, price FROM cart_items
    JOIN goods ON goods.id = good_id WHERE user_id = ? ORDER BY cart_items.rowid`;
  return db.all<CartItem>(sql, userId);
}

/** Puts some more of a thing into a user's cart; where `MOST_PIECES` lie there, the rest is let be. */
export function putIntoCart(
  db: Database,
  item: { readonly userId: number; readonly goodId: number; readonly quantity: number },
): void {
  db.run(
    `INSERT INTO cart_items (user_id, good_id, quantity) VALUES (?1, ?2, min(?3, ?4))
     ON CONFLICT DO UPDATE SET quantity = min(quantity + ?3, ?4)`,
    item.userId,
    item.goodId,
    item.quantity,
    MOST_PIECES,
  );
}

/** Takes a thing out of a user's cart, all pieces of it. */
export function takeFromCart(db: Database, userId: number, goodId: number): void {
  db.run("DELETE FROM cart_items WHERE user_id = ? AND good_id = ?", userId, goodId);
}

/** Empties a user's cart. */
export function emptyCart(db: Database, userId: number): void {
  db.run("DELETE FROM cart_items WHERE user_id = ?", userId);
}
