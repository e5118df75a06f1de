import type { Good } from "../data/goods.ts";

/** What the family's shop sells; prices in roubles. */
export const GOODS: readonly Good[] = [
  { id: 1, name: "Перья гусиные, связка", price: 350 },
  { id: 2, name: "Бумага верже, 100 листов", price: 890 },
  { id: 3, name: "Альбом для стихов, сафьян", price: 2400 },
  { id: 4, name: "Чай чёрный, 250 г", price: 420 },
  { id: 5, name: "Самовар на пять литров", price: 12_500 },
  { id: 6, name: "Яблоневые саженцы, антоновка", price: 640 },
  { id: 7, name: "Варенье крыжовенное, банка", price: 380 },
];

/** What lies in carts from the beginning. */
export const CARTS: readonly {
  readonly userId: number;
  readonly goodId: number;
  readonly quantity: number;
}[] = [
  { userId: 127, goodId: 4, quantity: 2 },
  { userId: 127, goodId: 7, quantity: 3 },
];
