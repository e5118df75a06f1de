import { z } from "zod";
import { Id } from "../../contract/id.ts";
import { communication } from "../../dialogs/communication.ts";
import { menuFor } from "../menu.ts";
import { unlessRefused } from "../unless-refused.ts";
import { isFor } from "./addressee.ts";
import { sayBarred } from "./barred.ts";
import { checkAccount } from "./check-account.ts";
import { nameOf } from "./name-of.ts";
import { sections } from "./sections.ts";
import { userWords } from "./user-words.ts";
import { words } from "./words.ts";

/** How far back the news go that are offered; milliseconds. */
const WEEK = 7 * 24 * 60 * 60_000;

/** Account map, row 1: be glad of somebody who connects the bot again, and offer them the news (requirements 10, 20). */
export const usersConnectBot = communication({
  alias: "users/connect-bot",
  summary: "Greet a user who has connected the bot again",
  map: {
    section: sections.connecting,
    event: "The user has connected the bot again",
    communication:
      "The user is greeted gladly in each chat where they have used the bot, and asked how to help",
    description:
      "Offers the news of the last week. Checks the account at the main system, and plans what that would like the user to do, such as a review of a finished request. Who has signed out is kindly asked to sign in.",
  },
  example: { userId: 127 },
  params: z.strictObject({ userId: Id.describe("Who has connected the bot") }),
  data: z.object({ userId: z.string() }),
  critical: true,

  change: ({ userId }) => ({ kind: "connect", userId }),
  prepare: async ({ userId }) => ({ userId }),

  steps: {
    async start(chat, { data: { userId } }) {
      if (!isFor(chat, userId)) return;
      if (chat.barred) return sayBarred(chat, chat.barred);
      if (!chat.person) {
        const signIn = [[{ label: words.signIn, command: "start" }]];
        return chat.say({ text: userWords.connectedStranger(chat.firstName), buttons: signIn });
      }
      chat.begin(checkAccount, {});
      const message = { text: userWords.connected(nameOf(chat)), buttons: menuFor(chat) };
      return chat.choose(message, { news: userWords.freshNews });
    },
    async news(chat) {
      if (!chat.person) return chat.say(words.notSignedIn);
      // A system that offers no news has none.
      const posts = (await unlessRefused(chat.system.news(chat.person.userId, chat.now - WEEK))) ?? [];
      await chat.say(posts.length === 0 ? userWords.noNews : userWords.news(posts));
    },
  },
});
