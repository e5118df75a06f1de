import { z } from "zod";
import { SystemRefused } from "../../contract/errors.ts";
import { Id } from "../../contract/id.ts";
import { isRefusal } from "../../contract/refusal.ts";
import { When } from "../../contract/when.ts";
import { answer, communication } from "../../dialogs/communication.ts";
import { users } from "../../dialogs/recipients.ts";
import { orderOf } from "./order-of.ts";
import { Parcel, parcelKey, parcelReminder } from "./parcel-reminder.ts";
import { parcelWords as words } from "./parcel-words.ts";
import { sections } from "./sections.ts";

/** An address as a person writes it. */
const Address = z.string().trim().min(5).max(300);

/** Shop map: tell a customer where their parcel waits, and have it brought to them if they like. */
export const parcelArrived = communication({
  alias: "parcel/arrived",
  summary: "Tell a user that their parcel can be collected",
  map: {
    section: sections.orders,
    event: "A parcel has arrived at the pick-up point",
    communication: "The customer learns where it waits, and until when",
    description:
      "They may have it brought to an address: that becomes a request to the helpdesk. Who leaves it there is reminded once, the day after tomorrow.",
  },
  example: {
    userId: 1707,
    orderId: 502,
    place: "Невский проспект, 18",
    keptUntil: "2030-12-31T20:00:00+03:00",
  },
  params: z.strictObject({
    userId: Id.describe("Whose parcel it is"),
    orderId: Id.describe("The order that is in it; fetched from the main system"),
    place: z.string().trim().min(1).max(300).describe("Where it waits, in words for the customer"),
    keptUntil: When.describe("Until when it is kept there"),
  }),
  data: Parcel,
  kind: { ru: "Посылки", en: "Parcels" },

  audience: ({ userId }) => users([userId]),

  async prepare({ place, keptUntil, ...asked }, system) {
    const order = await orderOf(asked, system);
    if (isRefusal(order)) return order;
    const { orderId, userId, url } = order;
    return { orderId, userId, url, place, keptUntil };
  },

  async refresh(data, system) {
    const order = await system.order(data.orderId);
    return order?.status === "shipped" ? data : null;
  },

  answers: { send: answer(Address, words.addressAgain) },
  steps: {
    async start(chat, { data }) {
      const { orderId, place, keptUntil, url } = data;
      const time = { daytime: "10:00", inDays: 2 };
      chat.remind({ key: parcelKey(orderId), dialog: parcelReminder, time, data });
      const message = {
        text: words.arrived(orderId, place, chat.inWords(Date.parse(keptUntil))),
        buttons: [[{ label: words.openOrder, url }]],
      };
      return chat.choose(message, { collect: words.collect, bring: words.bring });
    },
    async collect(chat) {
      await chat.say(words.seeYou);
    },
    async bring(chat, { data: { userId } }) {
      if (chat.person?.userId !== userId) return chat.say(words.signInFirst);
      const options = { collect: words.collect };
      return chat.ask(words.whereTo, "send", { options, within: { hours: 1 }, late: "letBe" });
    },
    async letBe(chat) {
      await chat.say(words.noAddress);
    },
    async send(chat, { data: { userId, orderId }, answer: address }) {
      if (chat.person?.userId !== userId) return chat.say(words.signInFirst);
      const text = words.request(orderId, address)[chat.language];
      try {
        await chat.system.addRequest({ userId, text });
      } catch (error) {
        if (!(error instanceof SystemRefused)) throw error;
        return chat.choose(words.notTaken, { collect: words.collect, bring: words.bring });
      }
      chat.forget(parcelKey(orderId));
      await chat.say(words.passedOn);
    },
  },
});
