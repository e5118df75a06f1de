import { z } from "zod";
import { Id } from "../../contract/id.ts";
import { isRefusal } from "../../contract/refusal.ts";
import { Order } from "../../contract/system.ts";
import { communication } from "../../dialogs/communication.ts";
import { users } from "../../dialogs/recipients.ts";
import { nameOf } from "../account/name-of.ts";
import { CART_REMINDER } from "./cart-reminder.ts";
import { orderOf } from "./order-of.ts";
import { sections } from "./sections.ts";
import { words } from "./words.ts";

/** Shop map, row 1: thank a customer for what they bought (requirement 11). */
export const transactionThankYou = communication({
  alias: "transaction/thank-you",
  summary: "Thank a user for a purchase",
  map: {
    section: sections.orders,
    event: "A customer has bought something",
    communication: "The customer is thanked",
    description:
      "By name, with what they bought, the total, and a link to the order. A reminder of an abandoned cart is not sent any more.",
  },
  example: { userId: 127, orderId: 501 },
  params: z.strictObject({
    userId: Id.describe("Who bought it"),
    orderId: Id.describe("What they bought; fetched from the main system"),
  }),
  data: z.object({ order: Order }),
  kind: { ru: "Покупки", en: "Purchases" },

  audience: ({ userId }) => users([userId]),

  async prepare(params, system) {
    const order = await orderOf(params, system);
    return isRefusal(order) ? order : { order };
  },

  async refresh({ order: { orderId } }, system) {
    const order = await system.order(orderId);
    return order && order.status !== "cancelled" ? { order } : null;
  },

  forgets: () => [CART_REMINDER],

  steps: {
    async start(chat, { data: { order } }) {
      await chat.say({
        text: words.thanks(nameOf(chat), order),
        buttons: [[{ label: words.openOrder, url: order.url }]],
      });
    },
  },
});
