import { z } from "zod";
import { Id } from "../../contract/id.ts";
import { isRefusal } from "../../contract/refusal.ts";
import { ORDER_STATUSES, Order } from "../../contract/system.ts";
import type { Chat } from "../../dialogs/chat.ts";
import { answer, communication } from "../../dialogs/communication.ts";
import { users } from "../../dialogs/recipients.ts";
import { unlessRefused } from "../unless-refused.ts";
import { CART_REMINDER } from "./cart-reminder.ts";
import { orderOf } from "./order-of.ts";
import { sections } from "./sections.ts";
import { words } from "./words.ts";

/** What a customer says of an order that was cancelled; the system makes a request of it. */
const Complaint = z.string().trim().min(1).max(2000);

/** Shop map, row 2: tell a customer how far their order is, and hear them out where it was cancelled. */
export const orderStatus = communication({
  alias: "order/status",
  summary: "Tell a user how far their order is",
  map: {
    section: sections.orders,
    event: "The status of an order has changed",
    communication: "The customer learns what has happened to the order",
    description:
      "In plain words, with a link. Where it was cancelled, they may write what is wrong: that becomes a request to the helpdesk. With a new or paid order, a reminder of an abandoned cart is not sent any more.",
  },
  example: { userId: 127, orderId: 504 },
  params: z.strictObject({
    userId: Id.describe("Whose order it is"),
    orderId: Id.describe("The order; what is in it is fetched from the main system"),
    status: z
      .enum(ORDER_STATUSES)
      .optional()
      .describe("How far it is; fetched too where absent. Of two calls in a row each then tells its own"),
  }),
  data: z.object({ order: Order }),
  kind: { ru: "Заказы", en: "Orders" },

  audience: ({ userId }) => users([userId]),

  async prepare(params, system) {
    const order = await orderOf(params, system);
    return isRefusal(order) ? order : { order: { ...order, status: params.status ?? order.status } };
  },

  async refresh({ order: { orderId } }, system) {
    const order = await system.order(orderId);
    return order && { order };
  },

  // An order from last week that was shipped today says nothing of the cart.
  forgets: ({ order: { status } }) => (status === "new" || status === "paid" ? [CART_REMINDER] : []),

  answers: { pass: answer(Complaint, words.complaintAgain) },
  steps: {
    async start(chat, { data: { order } }) {
      const message = {
        text: words.status[order.status](order.orderId),
        buttons: [[{ label: words.openOrder, url: order.url }]],
      };
      if (order.status === "cancelled")
        return chat.choose(message, { tell: words.somethingWrong }, { reply: "pass" });
      await chat.say(message);
    },
    async tell(chat, { data: { order } }) {
      if (chat.person?.userId !== order.userId) return sayNotTheirs(chat);
      return chat.ask(words.whatIsWrong, "pass", { options: { cancel: words.cancel } });
    },
    async cancel(chat) {
      return chat.choose(words.letBe, { tell: words.somethingWrong }, { reply: "pass" });
    },
    async pass(chat, { data: { order }, answer: complaint }) {
      if (chat.person?.userId !== order.userId) return sayNotTheirs(chat);
      const text = words.aboutOrder(order.orderId, complaint)[chat.language];
      const request = await unlessRefused(chat.system.addRequest({ userId: order.userId, text }));
      await chat.say(request ? words.passed : words.notPassed);
    },
  },
});

/** Says that only whose order it is can write of it: somebody else may be signed in here by now, or nobody. */
function sayNotTheirs(chat: Pick<Chat, "person" | "say">): Promise<void> {
  return chat.say(chat.person ? words.notYours : words.signInFirst);
}
