import { z } from "zod";
import { communication } from "../../dialogs/communication.ts";
import { LeadIds } from "./lead-ids.ts";
import { linkWords } from "./link-words.ts";
import { sections } from "./sections.ts";

/** Why a PIN is no longer good. */
const Why = z.enum(["burnt", "expired"]);

/** Account map, row 12: offer a new PIN where one was entered that is no longer good (requirement 46). */
export const accountPinOver = communication({
  alias: "account/pin-over",
  summary: "Tell a chat that its PIN is no longer good",
  map: {
    section: sections.linking,
    event: "A PIN was entered wrongly five times, or too late",
    communication: "The chat that it was given out in is told so",
    description: "Nobody got in. A button gives a new PIN, in place of the one before.",
  },
  example: { leadIds: [1], why: "burnt" },
  params: z.strictObject({ leadIds: LeadIds, why: Why.describe("Wrong too often, or too late") }),
  data: z.object({ why: Why }),
  critical: true,
  isInternal: true,

  audience: ({ leadIds }) => ({ leadIds }),
  prepare: async ({ why }) => ({ why }),

  steps: {
    async start(chat, { data: { why } }) {
      const text = why === "burnt" ? linkWords.pinBurnt : linkWords.pinExpired;
      await chat.say({ text, buttons: [[{ label: linkWords.newPin, command: "site" }]] });
    },
  },
});
