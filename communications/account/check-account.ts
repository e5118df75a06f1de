import { z } from "zod";
import { reminder } from "../../dialogs/communication.ts";
import { reviewReminderKey } from "../helpdesk/rating.ts";
import { unlessRefused } from "../unless-refused.ts";
import { sayBarred } from "./barred.ts";
import { reviewReminder } from "./review-reminder.ts";
import { userWords } from "./user-words.ts";
import { words } from "./words.ts";

/** Most tasks that are planned at once, one a day: somebody who comes back must not be put off by a heap of them. */
const MOST_TASKS = 7;

/** Checks the account of who has come back, and plans what the main system would like them to do (requirements 20, 23). */
export const checkAccount = reminder({
  name: "account/check",
  data: z.object({}),
  critical: true,
  steps: {
    async start(chat) {
      // A step that another goes on to works in the background: a silence of the main system is not said.
      return chat.goto("check");
    },
    async check(chat) {
      if (!chat.person) return;
      const { userId } = chat.person;
      const user = await unlessRefused(chat.system.user({ userId }));
      if (!user) {
        const buttons = [
          [{ label: words.openSite, url: chat.siteUrl }],
          [{ label: words.help, command: "help" }],
        ];
        return chat.say({ text: userWords.unknownAccount, buttons });
      }
      // Their name and role may be others than when they signed in, and their account may be off by now.
      await chat.signIn(user);
      if (chat.barred) return sayBarred(chat, chat.barred);
      return chat.goto("plan");
    },
    async plan(chat) {
      if (!chat.person) return;
      const { userId } = chat.person;
      const tasks = (await unlessRefused(chat.system.tasks(userId))) ?? [];
      for (const [at, { requestId, title }] of tasks.slice(0, MOST_TASKS).entries()) {
        chat.remind({
          key: reviewReminderKey(requestId),
          dialog: reviewReminder,
          time: { daytime: "10:00", inDays: at + 1 },
          data: { requestId, userId, title, stars: null },
        });
      }
    },
  },
});
