import { z } from "zod";
import { Id } from "../../contract/id.ts";
import { refuse } from "../../contract/refusal.ts";
import { communication } from "../../dialogs/communication.ts";
import { users } from "../../dialogs/recipients.ts";
import { CART_REMINDER, cartReminder, MOST_AGAIN } from "./cart-reminder.ts";
import { sections } from "./sections.ts";

/** A week: who has not come back by then has forgotten it. */
const LONGEST_WAIT = 7 * 24 * 60;

/** Shop map, row 3: after a while, remind a customer of what they left in the cart. */
export const cartAbandoned = communication({
  alias: "cart/abandoned",
  summary: "Remind a user, after a while, of what they left in the cart",
  map: {
    section: sections.carts,
    event: "A customer has left the site with goods in the cart",
    communication: "After a while the customer is reminded of the cart, unless an order came",
    description:
      "Nothing is said at once. When the time has come, the cart is looked up: if something is still in it, the customer sees what, and may open it, be reminded tomorrow (three times at most), or say that it is not needed. Called again, it counts the time anew.",
  },
  example: { userId: 127, afterMinutes: 60 },
  params: z.strictObject({
    userId: Id.describe("Whose cart it is"),
    afterMinutes: z
      .int()
      .min(1)
      .max(LONGEST_WAIT)
      .default(60)
      .describe("Minutes until the reminder, 60 where nothing is said"),
  }),
  data: z.object({ userId: z.string(), afterMinutes: z.number() }),
  kind: { ru: "Корзина", en: "Your cart" },

  audience: ({ userId }) => users([userId]),

  async prepare({ userId, afterMinutes }, system) {
    const user = await system.user({ userId });
    return user ? { userId, afterMinutes } : refuse("user-not-found");
  },

  async refresh(data, system) {
    return (await system.cart(data.userId)) && data;
  },

  steps: {
    async start(chat, { data: { userId, afterMinutes } }) {
      chat.remind({
        key: CART_REMINDER,
        dialog: cartReminder,
        time: { minutes: afterMinutes },
        data: { userId, again: MOST_AGAIN },
      });
    },
  },
});
