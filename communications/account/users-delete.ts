import { z } from "zod";
import { Id } from "../../contract/id.ts";
import { communication, NOBODY, occasion } from "../../dialogs/communication.ts";
import { menuFor } from "../menu.ts";
import { sections } from "./sections.ts";
import { userWords } from "./user-words.ts";

/** Account map, row 8: sign a user out whose account was deleted, without a word (requirement 27). */
export const usersDelete = communication({
  alias: "users/delete",
  summary: "Sign a user out whose account was deleted",
  map: {
    section: sections.changes,
    event: "An administrator has deleted the user's account",
    communication: "Nobody is told",
    description:
      "Signs the user out everywhere. Their next message in each chat is answered with that, and with the menu for strangers.",
  },
  example: { userId: 127 },
  params: z.strictObject({ userId: Id.describe("Whose account was deleted") }),
  data: z.object({}),
  critical: true,

  change: ({ userId }) => ({ kind: "delete", userId }),
  prepare: async () => NOBODY,

  steps: { start: async () => {} },
});

/** Told once, at the first message of somebody whose account was deleted. */
export const deleted = occasion({
  on: "deleted",
  data: z.object({}),
  initial: {},
  steps: { start: (chat) => chat.say({ text: userWords.deleted, buttons: menuFor(chat) }) },
});
