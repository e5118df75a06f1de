import { z } from "zod";
import { Id } from "../../contract/id.ts";
import { communication, NOBODY } from "../../dialogs/communication.ts";
import { menuFor } from "../menu.ts";
import { isFor } from "./addressee.ts";
import { nameOf } from "./name-of.ts";
import { sections } from "./sections.ts";
import { userWords } from "./user-words.ts";

/** Account map, row 7: let a user in again, with the menu of their role (requirement 26). */
export const usersUnblock = communication({
  alias: "users/unblock",
  summary: "Unblock a user",
  map: {
    section: sections.changes,
    event: "An administrator has unblocked the user",
    communication: "The user is told in each chat that the account is unblocked",
    description:
      "They are signed in again where they were before, and get the menu of their role. Somebody who was not blocked is not told.",
  },
  example: { userId: 127 },
  params: z.strictObject({ userId: Id.describe("Who is unblocked") }),
  data: z.object({ userId: z.string() }),
  critical: true,

  change: ({ userId }) => ({ kind: "unblock", userId }),
  prepare: async ({ userId }, _system, { isChange }) => (isChange ? { userId } : NOBODY),

  steps: {
    async start(chat, { data: { userId } }) {
      // Blocked again before this arrived: then it is not true any more.
      if (chat.barred || !isFor(chat, userId)) return;
      const text = chat.person ? userWords.unblocked(nameOf(chat)) : userWords.unblockedStranger;
      await chat.say({ text, buttons: menuFor(chat) });
    },
  },
});
