import { z } from "zod";
import { reminder } from "../../dialogs/communication.ts";
import { unlessRefused } from "../unless-refused.ts";

/**
 * Tells the system who has the bot now (requirement 37), and who has it no more. A dialog of its own: the person is
 * signed in at once, however long the system is silent.
 */
export const connected = reminder({
  name: "account/connected",
  data: z.object({
    userId: z.string(),
    /** Whose last chat this was until now; empty where nobody lost theirs. */
    leftUserId: z.string().default(""),
  }),
  critical: true,
  steps: {
    async start(chat, { data: { leftUserId } }) {
      if (leftUserId !== "" && chat.person?.userId !== leftUserId)
        await unlessRefused(chat.system.disconnectBot(leftUserId));
      return chat.goto("mark");
    },
    async mark(chat, { data: { userId } }) {
      if (chat.person?.userId !== userId) return;
      await unlessRefused(chat.system.connectBot(userId));
    },
  },
});
