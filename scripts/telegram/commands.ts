import { dialogsOfBot } from "../../communications/bots.ts";
import type { Language } from "../../contract/words.ts";
import { type BotAccess, type ListedCommand, setCommands } from "./webhook.ts";

/** Puts a bot's commands into the list that its messenger shows, in each person's language. */
export async function listCommands(bot: BotAccess, botId: string): Promise<void> {
  await setCommands(bot, commandsIn(botId, "en"));
  await setCommands(bot, commandsIn(botId, "ru"), "ru");
}

function commandsIn(botId: string, language: Language): readonly ListedCommand[] {
  return dialogsOfBot(botId).commands.map(({ command, summary }) => ({
    command,
    description: summary[language],
  }));
}
