import { z } from "zod";
import { Id } from "../../contract/id.ts";
import { isRefusal } from "../../contract/refusal.ts";
import { communication } from "../../dialogs/communication.ts";
import { users } from "../../dialogs/recipients.ts";
import { orderOf } from "./order-of.ts";
import { parcelKey } from "./parcel-reminder.ts";
import { parcelWords as words } from "./parcel-words.ts";
import { sections } from "./sections.ts";

/** Shop map: the parcel is in the customer's hands, so nobody is reminded of it any more. */
export const parcelCollected = communication({
  alias: "parcel/collected",
  summary: "Thank a user who has collected a parcel",
  map: {
    section: sections.orders,
    event: "A customer has collected a parcel",
    communication: "The customer is thanked",
    description: "They are not reminded of the parcel any more.",
  },
  example: { userId: 1707, orderId: 502 },
  params: z.strictObject({
    userId: Id.describe("Whose parcel it was"),
    orderId: Id.describe("The order that was in it"),
  }),
  data: z.object({ orderId: z.string() }),
  kind: { ru: "Посылки", en: "Parcels" },

  audience: ({ userId }) => users([userId]),

  async prepare(params, system) {
    const order = await orderOf(params, system);
    return isRefusal(order) ? order : { orderId: order.orderId };
  },

  forgets: ({ orderId }) => [parcelKey(orderId)],

  steps: {
    async start(chat, { data: { orderId } }) {
      await chat.say(words.collected(orderId));
    },
  },
});
