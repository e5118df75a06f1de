import { z } from "zod";
import { Id } from "../../contract/id.ts";
import type { Chat, Wait } from "../../dialogs/chat.ts";
import { command, communication, NOBODY, occasion } from "../../dialogs/communication.ts";
import { menuFor } from "../menu.ts";
import { isFor } from "./addressee.ts";
import { sayBarred } from "./barred.ts";
import { checkAccount } from "./check-account.ts";
import { nameOf } from "./name-of.ts";
import { pauseWords } from "./pause-words.ts";
import { sections } from "./sections.ts";

/** A chat whose dialog offers a review of what was kept. */
type ReviewingChat = Chat<"start" | "show" | "drop", never>;

/**
 * Greets, and offers what came since the pause; behind that the account is checked, and tasks are planned. Who is
 * blocked is told so instead: nothing of what was kept is for them.
 */
async function greet(chat: ReviewingChat): Promise<Wait | undefined> {
  if (chat.barred) return void (await sayBarred(chat, chat.barred));
  chat.begin(checkAccount, {});
  const text = pauseWords.resumed(nameOf(chat));
  await chat.say({ text, buttons: menuFor(chat) });
  return chat.kept.length > 0 ? offerReview(chat) : undefined;
}

function offerReview(chat: ReviewingChat): Wait {
  return chat.choose(pauseWords.review(chat.kept), { show: pauseWords.show, drop: pauseWords.drop });
}

/** The steps of a review, for all who begin one. */
const review = {
  async show(chat: ReviewingChat): Promise<void> {
    if (chat.kept.length === 0) return chat.say(pauseWords.nothingKept);
    chat.showKept();
  },
  async drop(chat: ReviewingChat): Promise<void> {
    chat.dropKept();
    await chat.say(pauseWords.dropped);
  },
};

/** Account map, row 4: greet a user whose pause is over, and offer what came since (requirement 23). */
export const usersResume = communication({
  alias: "users/resume",
  summary: "End the pause of a user's chats",
  map: {
    section: sections.connecting,
    event:
      "The user wants messages again: on the site, in a chat with /resume, or when the time of the pause is over",
    communication: "The user is greeted in each chat, and asked how to help",
    description:
      "Offers a review of what came since the pause, counted by kind: shown in order, or forgotten. Checks the account, and plans what the main system would like the user to do.",
  },
  example: { userId: 127 },
  params: z.strictObject({ userId: Id.describe("Who wants messages again") }),
  data: z.object({ userId: z.string() }),
  critical: true,

  change: ({ userId }) => ({ kind: "resume", userId }),
  prepare: async ({ userId }, _system, { isChange }) => (isChange ? { userId } : NOBODY),

  steps: {
    start: async (chat, { data: { userId } }) => (isFor(chat, userId) ? greet(chat) : undefined),
    ...review,
  },
});

/** "/resume": ends the pause. Without one, what was kept before and not looked at is offered again. */
export const resume = command({
  command: "resume",
  summary: { ru: "Вернуться после паузы", en: "Come back after a pause" },
  data: z.object({}),
  initial: {},
  steps: {
    async start(chat) {
      if ((await chat.resume()) || chat.barred) return greet(chat);
      if (chat.kept.length > 0) return offerReview(chat);
      await chat.say({ text: pauseWords.notPaused, buttons: menuFor(chat) });
    },
    ...review,
  },
});

/** The time of a pause is over. */
export const resumed = occasion({
  on: "resumed",
  data: z.object({}),
  initial: {},
  steps: { start: (chat) => greet(chat), ...review },
});
