import { z } from "zod";
import { communication } from "../../dialogs/communication.ts";
import { persons } from "../../dialogs/recipients.ts";
import { gatheringWords as words } from "./gathering-words.ts";
import { gatheringSection } from "./section.ts";

/** As many as one answer may bring along. */
const MOST_GUESTS = 20;

/** Longest wishes: they stand in one message. */
const MOST_WISHES = 500;

/** Family map: confirm to a person what they answered in the form of the gathering, whether or not the site knows them. */
export const gatheringAnswered = communication({
  alias: "gathering/answered",
  summary: "Confirm a person's answer about the family gathering",
  map: {
    section: gatheringSection,
    event: "Somebody has answered the form of the family gathering",
    communication: "They are told in their chat what was noted",
    description:
      "The form is opened with /gathering, by a link without a PIN; its page learns from identify who answers. A button gives a new link, to change the answer.",
  },
  example: { personId: 1, guests: 3, wishes: "Самовар, пожалуйста" },
  params: z.strictObject({
    personId: z.int().describe("Who answered: as identify has told it"),
    guests: z.int().min(1).max(MOST_GUESTS).describe("How many will come, with the one who answers"),
    wishes: z.string().trim().max(MOST_WISHES).optional().describe("What they would like"),
  }),
  data: z.object({ guests: z.number(), wishes: z.string() }),
  kind: { ru: "Ответы о празднике", en: "Answers about the gathering" },

  audience: ({ personId }) => persons([personId]),
  prepare: async ({ guests, wishes = "" }) => ({ guests, wishes }),

  steps: {
    async start(chat, { data: { guests, wishes } }) {
      const change = [[{ label: words.change, command: "gathering" }]];
      await chat.say({ text: words.answered(guests, wishes), buttons: change });
    },
  },
});
