import { z } from "zod";
import { Id } from "../../contract/id.ts";
import { communication } from "../../dialogs/communication.ts";
import { sayBarred } from "./barred.ts";
import { connected } from "./connected.ts";
import { LeadIds } from "./lead-ids.ts";
import { linkWords } from "./link-words.ts";
import { menu } from "./menu.ts";
import { nameOf } from "./name-of.ts";
import { sections } from "./sections.ts";

/** Account map, row 9: tell a chat that the site has linked it to an account (requirements 39, 51). */
export const accountLinked = communication({
  alias: "account/linked",
  summary: "Tell a chat that it is linked to an account of the site",
  map: {
    section: sections.linking,
    event: "The user has entered the right PIN on the site, and their account is linked to the chat",
    communication: "The chat is told that the site and the bot are one account now, and whose it is",
    description:
      "The menu of the user's role, and a button for who is not that user: it signs out. Then the bot tells the main system that this user has it, and which one has it no more, where another account's last chat this was. Started by authorize and link.",
  },
  example: { leadIds: [1], userId: 127 },
  params: z.strictObject({
    leadIds: LeadIds,
    userId: Id.describe("Whose account it is"),
    leftUserId: Id.nullish().describe("Whose last chat this was until now"),
  }),
  data: z.object({ userId: z.string(), leftUserId: z.string().default("") }),
  critical: true,
  isInternal: true,

  // Who was barred this very moment is told that.
  audience: ({ leadIds }) => ({ leadIds, evenBarred: true }),
  prepare: async ({ userId, leftUserId }) => ({ userId, leftUserId: leftUserId ?? "" }),

  steps: {
    async start(chat, { data: { userId, leftUserId } }) {
      if (chat.barred?.userId === userId) return sayBarred(chat, chat.barred);
      // Signed out by then, or somebody else: it is not true any more.
      if (chat.person?.userId !== userId) return;
      await chat.say({ text: linkWords.linked(nameOf(chat)), closeKeyboard: true });
      chat.begin(menu, { isUnexpected: true });
      chat.begin(connected, { userId, leftUserId });
    },
  },
});
