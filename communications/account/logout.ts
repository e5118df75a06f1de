import { z } from "zod";
import { command } from "../../dialogs/communication.ts";
import { unlessRefused } from "../unless-refused.ts";
import { sayBarred } from "./barred.ts";
import { userWords } from "./user-words.ts";
import { words } from "./words.ts";

/** "/logout": account map, row 2 in a chat: signs the person out here and tells the system (requirement 21). */
export const logout = command({
  command: "logout",
  evenWithOperator: true,
  summary: { ru: "Выйти", en: "Sign out" },
  data: z.object({ userId: z.string() }),
  initial: { userId: "" },
  steps: {
    async start(chat) {
      if (chat.barred) return void (await sayBarred(chat, chat.barred));
      if (!chat.person) return void (await chat.say(words.notSignedIn));
      const { userId } = chat.person;
      // What is written from now on is nobody's request.
      await chat.takeBack();
      const unlinked = await chat.signOut();
      await chat.say({ text: userWords.disconnected, closeKeyboard: true });
      // In another chat they may still be signed in; then the system's mark is right as it is.
      if (unlinked) return chat.goto("tellSystem", { userId });
    },
    // A step of its own, so that the person is signed out at once however long the system is silent.
    async tellSystem(chat, { data: { userId } }) {
      if (chat.person?.userId === userId) return;
      await unlessRefused(chat.system.disconnectBot(userId));
    },
  },
});
