import type { OrderItem, OrderStatus } from "../data/orders.ts";

/** An order of the demonstration, so many hours old. */
export interface SeedOrder {
  readonly id: number;
  readonly userId: number;
  readonly status: OrderStatus;
  readonly hoursAgo: number;
  readonly items: readonly OrderItem[];
}

/** Orders of the two demo phones and of those around them; prices in roubles. */
export const ORDERS: readonly SeedOrder[] = [
  {
    id: 501,
    userId: 127,
    status: "done",
    hoursAgo: 400,
    items: [
      { name: "Перья гусиные, связка", quantity: 3, price: 350 },
      { name: "Бумага верже, 100 листов", quantity: 2, price: 890 },
    ],
  },
  {
    id: 502,
    userId: 1707,
    status: "shipped",
    hoursAgo: 52,
    items: [{ name: "Альбом для стихов, сафьян", quantity: 1, price: 2400 }],
  },
  {
    id: 503,
    userId: 3,
    status: "paid",
    hoursAgo: 30,
    items: [
      { name: "Самовар на пять литров", quantity: 1, price: 12_500 },
      { name: "Чай чёрный, 250 г", quantity: 4, price: 420 },
    ],
  },
  {
    id: 504,
    userId: 127,
    status: "new",
    hoursAgo: 3,
    items: [{ name: "Яблоневые саженцы, антоновка", quantity: 6, price: 640 }],
  },
];
