import { z } from "zod";
import { command } from "../../dialogs/communication.ts";
import { words } from "./words.ts";

/** "/help": what the bot can do. */
export const help = command({
  command: "help",
  summary: { ru: "Что я умею", en: "What I can do" },
  data: z.object({}),
  initial: {},
  steps: {
    async start(chat) {
      const commands = chat.commands.map(({ command, summary }) => `/${command} — ${summary[chat.language]}`);
      await chat.say(words.helpText(commands.join("\n")));
    },
  },
});
