import { z } from "zod";
import { occasion } from "../../dialogs/communication.ts";
import { menu } from "../account/menu.ts";
import { words } from "./words.ts";

/** What is said where nothing waits for what somebody wrote; strangers get the menu, which asks them to sign in. */
export const unmatched = occasion({
  on: "unmatched",
  data: z.object({}),
  initial: {},
  steps: {
    async start(chat) {
      if (!chat.person) return chat.begin(menu, {});
      const buttons = [
        [{ label: words.menu, command: "menu" }],
        [{ label: words.writeToOperator, command: "support" }],
      ];
      await chat.say({ text: words.notUnderstood, buttons });
    },
  },
});
