import { z } from "zod";
import { Id } from "../../contract/id.ts";
import { communication } from "../../dialogs/communication.ts";
import { pageUrl } from "../../dialogs/page-url.ts";
import { users } from "../../dialogs/recipients.ts";
import { linkWords } from "./link-words.ts";
import { sections } from "./sections.ts";
import { words } from "./words.ts";

/** Account map, row 10: warn a user's other chats of a new one. */
export const accountAnotherChat = communication({
  alias: "account/another-chat",
  summary: "Tell a user's other chats that one more is linked",
  map: {
    section: sections.linking,
    event: "A chat was linked to an account that has others already",
    communication: "The user is told in each of the others, with the name of the new one",
    description:
      "Says what to do if that was somebody else: disconnect Telegram on the site, which signs out every chat, or sign out of this one.",
  },
  example: { userId: 127, newLeadId: 1000, leadName: "Алиса" },
  params: z.strictObject({
    userId: Id.describe("Whose account it is"),
    newLeadId: z.int().describe("The new chat, which is not told"),
    leadName: z.string().describe("The name that the messenger has of whoever is in the new chat"),
  }),
  data: z.object({ newLeadId: z.number(), leadName: z.string() }),
  critical: true,
  isInternal: true,
  leads: "all",

  audience: ({ userId }) => users([userId]),
  prepare: async ({ newLeadId, leadName }) => ({ newLeadId, leadName }),

  steps: {
    async start(chat, { data: { newLeadId, leadName } }) {
      if (chat.leadId === newLeadId) return;
      const profile = { label: words.openProfile, url: pageUrl(chat.siteUrl, "profile") };
      await chat.say({ text: linkWords.anotherChat(leadName), buttons: [[profile]] });
    },
  },
});
