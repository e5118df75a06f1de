import { z } from "zod";
import { Id } from "../../contract/id.ts";
import { communication, NOBODY } from "../../dialogs/communication.ts";
import { isFor } from "./addressee.ts";
import { sayBarred } from "./barred.ts";
import { sections } from "./sections.ts";

/** Account map, row 6: block a user in the bot, and tell them why (requirement 25). */
export const usersBlock = communication({
  alias: "users/block",
  summary: "Block a user",
  map: {
    section: sections.changes,
    event: "An administrator has blocked the user",
    communication: "The user is told in each chat that the account is blocked, and why",
    description:
      "Blocks the user in the bot: until they are unblocked they are treated as a stranger there, and get the menu for strangers. Where they have signed out, the reason is not told.",
  },
  example: { userId: 127, reason: "Подозрительные входы в учётную запись" },
  params: z.strictObject({
    userId: Id.describe("Who is blocked"),
    reason: z.string().trim().max(1000).nullish().describe("Why, in words for the user"),
  }),
  data: z.object({ userId: z.string(), reason: z.string() }),
  critical: true,

  change: ({ userId, reason }) => ({ kind: "block", userId, reason: reason ?? "" }),
  prepare: async ({ userId, reason }, _system, { isChange }) =>
    isChange ? { userId, reason: reason ?? "" } : NOBODY,

  steps: {
    async start(chat, { data: { userId, reason } }) {
      // Whoever is signed in by now was unblocked since, or is somebody else.
      if (chat.person || !isFor(chat, userId)) return;
      // Where they have signed out, anybody may read it.
      await sayBarred(chat, { why: "blocked", reason: chat.barred ? reason : "" });
    },
  },
});
