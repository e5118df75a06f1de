import { z } from "zod";
import { command } from "../../dialogs/communication.ts";
import { takeChatBack } from "./take-chat-back.ts";
import { words } from "./words.ts";

/** "/bot": takes the chat back from the operator; the request goes on without it. */
export const bot = command({
  command: "bot",
  evenWithOperator: true,
  summary: { ru: "Вернуться к боту", en: "Back to the bot" },
  data: z.object({}),
  initial: {},
  steps: {
    async start(chat) {
      if (await takeChatBack(chat)) return;
      await chat.say({ text: words.botIsHere, buttons: [[{ label: words.menu, command: "menu" }]] });
    },
  },
});
