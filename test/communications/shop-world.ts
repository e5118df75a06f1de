import { logout } from "../../communications/account/logout.ts";
import { menu } from "../../communications/account/menu.ts";
import { start } from "../../communications/account/start.ts";
import { cartAbandoned } from "../../communications/shop/cart-abandoned.ts";
import { cartReminder } from "../../communications/shop/cart-reminder.ts";
import { orderStatus } from "../../communications/shop/order-status.ts";
import { transactionThankYou } from "../../communications/shop/transaction-thank-you.ts";
import type { Cart, Order } from "../../contract/system.ts";
import { bareBot } from "../kit/bot.ts";
import type { Person } from "../kit/person.ts";
import { World } from "../kit/world.ts";
import { user } from "./family-world.ts";

const goods = {
  items: [
    { name: "Перья гусиные", quantity: 3, price: 350 },
    { name: "Бумага <верже>", quantity: 1, price: 890 },
  ],
  total: 1940,
  currency: "RUB",
};

/** An order of Alice's. */
export function order(status: Order["status"], orderId = "501"): Order {
  return { orderId, userId: "127", status, ...goods, url: `https://site.test/orders/${orderId}` };
}

/** What Alice has put by. */
export const cart: Cart = { userId: "127", ...goods, url: "https://site.test/cart" };

/** A world with the shop's communications, and two users who are signed in. */
export async function shopWorld(): Promise<{ world: World; alice: Person; bob: Person }> {
  const dialogs = bareBot({
    communications: [transactionThankYou, orderStatus, cartAbandoned],
    commands: [start, menu, logout],
    reminders: [cartReminder],
  });
  const world = new World(dialogs);
  world.system.users.push(user("127", "Алиса", "+79180000001"), user("1707", "Боб", "+79180000002"));
  const alice = world.person({ firstName: "Алиса", phone: "+79180000001" });
  const bob = world.person({ firstName: "Bob", language: "en", phone: "+79180000002" });
  await alice.signsIn();
  await bob.signsIn();
  return { world, alice, bob };
}

/** Text with the spaces that numbers are written with made plain: which of them it is, is the platform's choice. */
export function plain(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, " ");
}
