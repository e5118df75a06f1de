import { z } from "zod";
import { reminder } from "../../dialogs/communication.ts";
import { parcelWords as words } from "./parcel-words.ts";

/** What the dialogs about a parcel carry from step to step. */
export const Parcel = z.object({
  orderId: z.string(),
  userId: z.string(),
  /** Address of the order's page. */
  url: z.string(),
  place: z.string(),
  /** ISO 8601 with an offset. */
  keptUntil: z.string(),
});

/** The key of the reminder of an order's parcel. */
export function parcelKey(orderId: string): string {
  return `parcel/${orderId}`;
}

/** Reminds of a parcel that is still where it was. */
export const parcelReminder = reminder({
  name: "parcel/reminder",
  data: Parcel,

  async condition(chat, { orderId, userId, keptUntil }) {
    if (chat.person?.userId !== userId || chat.now >= Date.parse(keptUntil)) return false;
    const order = await chat.system.order(orderId);
    return order?.status === "shipped";
  },

  steps: {
    async start(chat, { data: { orderId, place, keptUntil, url } }) {
      await chat.say({
        text: words.stillThere(orderId, place, chat.inWords(Date.parse(keptUntil))),
        buttons: [[{ label: words.openOrder, url }]],
      });
    },
  },
});
