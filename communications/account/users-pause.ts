import { z } from "zod";
import { Id } from "../../contract/id.ts";
import { FOREVER } from "../../contract/lead.ts";
import { When } from "../../contract/when.ts";
import { communication, NOBODY } from "../../dialogs/communication.ts";
import { isFor } from "./addressee.ts";
import { confirmPause } from "./pause.ts";
import { sections } from "./sections.ts";

/** From here on a pause has no end: nobody means such a date, and no alarm can be set for it. */
const TOO_FAR = Date.UTC(2100, 0);

/** Account map, row 3: confirm to a user that it is quiet until a time (requirement 22). In a chat: "/pause". */
export const usersPause = communication({
  alias: "users/pause",
  summary: "Keep a user's chats quiet until a time",
  map: {
    section: sections.connecting,
    event: "The user wants no messages for a while: on the site, or in a chat with /pause",
    communication: "The user is told in each chat until when it will be quiet",
    description:
      "What is critical comes all the same; the rest is kept, and offered when the pause is over. The user can come back earlier, with the button or with /resume.",
  },
  example: { userId: 127, until: null },
  params: z.strictObject({
    userId: Id.describe("Who wants quiet"),
    until: When.nullable().describe(
      "Until when; `null`, or a time after the year 2099, is until they come back",
    ),
  }),
  data: z.object({ userId: z.string() }),
  critical: true,

  change: ({ userId, until }) => ({
    kind: "pause",
    userId,
    until: endOf(until),
  }),
  prepare: async ({ userId }, _system, { isChange }) => (isChange ? { userId } : NOBODY),

  steps: {
    async start(chat, { data: { userId } }) {
      // A pause that is over by the time this arrives needs no words.
      if (!isFor(chat, userId) || chat.pausedUntil === null) return;
      await confirmPause(chat, chat.pausedUntil);
    },
  },
});

/** The end of a pause: milliseconds since 1970, or `FOREVER`. */
function endOf(until: string | null): number {
  const end = until === null ? FOREVER : Date.parse(until);
  return end < TOO_FAR ? end : FOREVER;
}
