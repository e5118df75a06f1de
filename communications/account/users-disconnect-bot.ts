import { z } from "zod";
import { Id } from "../../contract/id.ts";
import { communication, NOBODY } from "../../dialogs/communication.ts";
import { isFor } from "./addressee.ts";
import { sections } from "./sections.ts";
import { userWords } from "./user-words.ts";

/** Account map, row 2: sign a user out who has disconnected the bot on the site (requirement 21). In a chat: "/logout". */
export const usersDisconnectBot = communication({
  alias: "users/disconnect-bot",
  summary: "Sign a user out who has disconnected the bot",
  map: {
    section: sections.connecting,
    event: "The user has disconnected the bot: on the site, or in a chat with /logout",
    communication: "The user is told in each chat that the bot is switched off, and how to come back",
    description:
      "Signs the user out everywhere. To go on, they have to sign in again. Who is signed out already is not told once more.",
  },
  example: { userId: 127 },
  params: z.strictObject({ userId: Id.describe("Who has disconnected the bot") }),
  data: z.object({ userId: z.string() }),
  critical: true,

  change: ({ userId }) => ({ kind: "disconnect", userId }),
  prepare: async ({ userId }, _system, { isChange }) => (isChange ? { userId } : NOBODY),

  steps: {
    async start(chat, { data: { userId } }) {
      // Whoever is signed in by now has come back since, or is somebody else.
      if (chat.person || !isFor(chat, userId)) return;
      await chat.say({ text: userWords.disconnected, closeKeyboard: true });
    },
  },
});
