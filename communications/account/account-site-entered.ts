import { z } from "zod";
import { Id } from "../../contract/id.ts";
import { communication } from "../../dialogs/communication.ts";
import { LeadIds } from "./lead-ids.ts";
import { linkWords } from "./link-words.ts";
import { sections } from "./sections.ts";

/** Account map, row 11: tell a user that somebody has entered the site with the link and the PIN of this chat. */
export const accountSiteEntered = communication({
  alias: "account/site-entered",
  summary: "Tell a chat that its link and PIN have signed somebody in on the site",
  map: {
    section: sections.linking,
    event: "The user has signed in on the site with the link and the PIN of their chat",
    communication: "The user is told in the chat that gave them out",
    description: "Says what to do if that was somebody else: sign out, so that the link opens nothing more.",
  },
  example: { leadIds: [1], userId: 127 },
  params: z.strictObject({ leadIds: LeadIds, userId: Id.describe("Who was signed in") }),
  data: z.object({}),
  critical: true,
  isInternal: true,

  audience: ({ leadIds, userId }) => ({ leadIds, userId }),
  prepare: async () => ({}),

  steps: {
    start: (chat) => chat.say(linkWords.siteEntered),
  },
});
