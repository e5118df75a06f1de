import { z } from "zod";
import { type AnyReminder, reminder } from "../../dialogs/communication.ts";
import { words } from "./words.ts";

/** The key of the reminder: there is one cart, so one reminder. */
export const CART_REMINDER = "cart";

/** How often "tomorrow" may be said: after that it would be nagging, though they asked for it. */
export const MOST_AGAIN = 3;

const CartReminder = z.object({
  userId: z.string(),
  /** How many more times they may be reminded. */
  again: z.number(),
});

/** Reminds of a cart that is still there when the time has come. The type is written out since it names itself. */
export const cartReminder: AnyReminder<typeof CartReminder> = reminder({
  name: "cart/reminder",
  data: CartReminder,

  async condition(chat, { userId }) {
    return chat.person?.userId === userId && (await chat.system.cart(userId)) !== null;
  },

  steps: {
    async start(chat, { data: { userId, again } }) {
      const cart = await chat.system.cart(userId);
      if (!cart) return;
      const message = {
        text: words.cartWaits(cart),
        buttons: [[{ label: words.openCart, url: cart.url }]],
      };
      const later = again > 0 ? { tomorrow: words.tomorrow } : {};
      return chat.choose(message, { ...later, notNeeded: words.notNeeded });
    },
    async tomorrow(chat, { data: { userId, again } }) {
      chat.remind({
        key: CART_REMINDER,
        dialog: cartReminder,
        time: { daytime: "10:00", inDays: 1 },
        data: { userId, again: again - 1 },
      });
      await chat.say(words.untilTomorrow);
    },
    async notNeeded(chat) {
      chat.forget(CART_REMINDER);
      await chat.say(words.noMoreReminders);
    },
  },
});
