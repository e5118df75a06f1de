import { z } from "zod";
import { Id } from "../../contract/id.ts";
import { refuse } from "../../contract/refusal.ts";
import { communication } from "../../dialogs/communication.ts";
import { users } from "../../dialogs/recipients.ts";
import { sections } from "./sections.ts";
import { takeChatBack } from "./take-chat-back.ts";

/** Helpdesk map, row 4: an operator has done talking; the bot speaks again. */
export const operatorGiveBack = communication({
  alias: "operator/give-back",
  summary: "Give a user's chat back to the bot",
  map: {
    section: sections.operator,
    event: "An operator has ended the talk",
    communication: "The customer learns that the bot is back",
    description:
      "In each of their chats that was handed over; then comes what was kept back meanwhile. Elsewhere, and when called again, nothing is said.",
  },
  example: { userId: 127 },
  params: z.strictObject({ userId: Id.describe("Whose chats are given back") }),
  data: z.object({}),
  // The bot is silent while the chat is with the operator, but for what is critical.
  critical: true,
  leads: "all",

  audience: ({ userId }) => users([userId]),

  async prepare({ userId }, system) {
    return (await system.user({ userId })) ? {} : refuse("user-not-found");
  },

  steps: {
    async start(chat) {
      await takeChatBack(chat);
    },
  },
});
