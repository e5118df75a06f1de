import { z } from "zod";
import { PERSON_FIELD_NAMES, personFieldsOf, wireNameOf } from "../../contract/fields.ts";
import type { Location } from "../../contract/system.ts";
import type { Chat } from "../../dialogs/chat.ts";
import { answer, communication, NOBODY } from "../../dialogs/communication.ts";
import { menuFor } from "../menu.ts";
import { unlessRefused } from "../unless-refused.ts";
import { type BarredChat, sayBarred } from "./barred.ts";
import { sections } from "./sections.ts";
import { TELLINGS, tellingOf } from "./update-events.ts";
import { CHANGED_BY, UpdateParams } from "./update-params.ts";
import { updateWords } from "./update-words.ts";
import { words } from "./words.ts";

/** An address as a person writes it. */
const Address = z.string().trim().min(1).max(500);

const Data = z.object({
  userId: z.string(),
  telling: z.enum(TELLINGS),
  changedBy: z.enum(CHANGED_BY),
  fields: z.array(z.enum(PERSON_FIELD_NAMES)),
  /** The new address, where it is to be confirmed. */
  address: z.string(),
});

/** Account map, row 5: keep a user's data fresh, and tell them what others have changed (requirements 9, 24). */
export const usersUpdate = communication({
  alias: "users/update",
  summary: "Tell the bot that a user's data were changed",
  map: {
    section: sections.changes,
    event: "The user, an employee or an administrator has changed the user's data",
    communication:
      "The user is told in each chat what others have changed; of their own changes nobody is told",
    description:
      "Keeps the bot's copy fresh, and answers which fields are other than before. How it is told depends on the id of the event and on who made the change: a delivery address that was corrected is to be confirmed, or put right with a request to the helpdesk; an account that was switched off or on is told as that; otherwise the fields are named.",
  },
  example: {
    userId: 127,
    role: "user",
    location: { country: "Россия", region: "Псковская область", city: "Михайловское" },
    eventId: "orders/delivery-address",
    changedBy: "employee",
  },
  params: UpdateParams,
  data: Data,
  kind: { ru: "Изменения ваших данных", en: "Changes of your data" },

  change: ({ userId, eventId: _, changedBy: __, active, ...told }) => ({
    kind: "update",
    userId,
    fields: personFieldsOf({ ...told, active: active ?? undefined }),
  }),
  answer: ({ changed }) => ({ changed: changed.map(wireNameOf) }),

  async prepare({ userId, eventId, changedBy, active, location }, _system, { changed }) {
    const by = changedBy ?? "user";
    const address = addressOf(personFieldsOf({ location }).location ?? {});
    const telling = tellingOf({ eventId, changedBy: by, changed, active, address });
    if (telling === null) return NOBODY;
    return { userId, telling, changedBy: by, fields: [...changed], address };
  },

  answers: { putRight: answer(Address, updateWords.addressAgain) },
  steps: {
    async start(chat, { data }) {
      const { userId, telling, changedBy, fields, address } = data;
      if (telling === "switched-off") return sayOff(chat, userId);
      // A chat where they have signed out is nobody's: it is no place for their data.
      if (chat.person?.userId !== userId) return;
      switch (telling) {
        case "fields":
          return chat.choose(updateWords.changed(changedBy, fields), { notRight: updateWords.notRight });
        case "switched-on":
          return chat.say({ text: updateWords.switchedOn, buttons: menuFor(chat) });
        case "delivery-address":
          return chat.choose(updateWords.addressCorrected(address), {
            right: updateWords.yes,
            wrong: updateWords.no,
          });
      }
    },
    notRight: mendOnSite,
    right: (chat) => chat.say(updateWords.thanks),
    async wrong(chat) {
      return chat.ask(updateWords.rightAddress, "putRight", { options: { leave: updateWords.leaveIt } });
    },
    leave: (chat) => chat.say(updateWords.left),
    async putRight(chat, { data: { userId, address }, answer: right }) {
      if (chat.person?.userId !== userId) return chat.say(updateWords.signInFirst);
      const text = updateWords.request(address, right)[chat.language];
      const request = await unlessRefused(chat.system.addRequest({ userId, text }));
      if (!request) return mendOnSite(chat);
      await chat.say(updateWords.passedOn);
    },
  },
});

/** Tells somebody whose account is off, unless it is on again by now, or they know it to be blocked. */
async function sayOff(chat: BarredChat & Pick<Chat, "barred">, userId: string): Promise<void> {
  if (chat.barred?.userId === userId && chat.barred.why === "inactive") await sayBarred(chat, chat.barred);
}

/** Says where data that are wrong can be put right by the person themself. */
async function mendOnSite(chat: Pick<Chat, "say" | "siteUrl">): Promise<void> {
  const site = { label: words.openSite, url: chat.siteUrl };
  const help = { label: words.help, command: "help" };
  await chat.say({ text: updateWords.mendOnSite, buttons: [[site], [help]] });
}

/** A place in one line; a city that is its own region is named once. */
function addressOf({ country, region, city }: Location): string {
  return [...new Set([country, region, city].filter(Boolean))].join(", ");
}
