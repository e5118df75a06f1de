import type { Database } from "./database.ts";

/** Something that the family's shop sells; the price is in whole units of `CURRENCY`. */
export interface Good {
  readonly id: number;
  readonly name: string;
  readonly price: number;
}

/** What the shop counts in (ISO 4217). */
export const CURRENCY = "RUB";

/** Everything that the shop sells. */
export function allGoods(db: Database): Good[] {
  return db.all<Good>("SELECT id, name, price FROM goods ORDER BY id");
}

/** Puts a thing on the shelf. */
export function addGood(db: Database, good: Good): void {
  db.run("INSERT INTO goods (id, name, price) VALUES (?, ?, ?)", good.id, good.name, good.price);
}
