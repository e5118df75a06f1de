import { z } from "zod";
import { SystemRefused } from "../../contract/errors.ts";
import { command } from "../../dialogs/communication.ts";
import { words } from "./words.ts";

/** "/logout": signs the person out here and tells the system (requirement 21). */
export const logout = command({
  command: "logout",
  summary: { ru: "Выйти", en: "Sign out" },
  data: z.object({ userId: z.string() }),
  initial: { userId: "" },
  steps: {
    async start(chat) {
      if (!chat.person) return void (await chat.say(words.notSignedIn));
      const { userId } = chat.person;
      await chat.signOut();
      await chat.say({ text: words.loggedOut, closeKeyboard: true });
      return chat.goto("tellSystem", { userId });
    },
    // A step of its own, so that the person is signed out at once however long the system is silent.
    async tellSystem(chat, { data }) {
      try {
        await chat.system.disconnectBot(data.userId);
      } catch (error) {
        // A user who is gone there has no mark to clear.
        if (!(error instanceof SystemRefused)) throw error;
      }
    },
  },
});
