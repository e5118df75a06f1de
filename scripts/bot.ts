import { type BotCommand, botCommandFrom } from "./bots/bot-command.ts";
import { upsertBot } from "./bots/bot-rows.ts";
import { runCommand } from "./command.ts";
import { onLocal, onRemote } from "./d1/databases.ts";
import { places } from "./local/places.ts";

async function main(): Promise<void> {
  const { remote, settings }: BotCommand = botCommandFrom(process.argv.slice(2), process.env);
  const run = remote ? onRemote : onLocal(places);
  await run(await upsertBot(settings, Date.now()));
  console.log(
    `Bot ${settings.id} (@${settings.username}) is set. New chats have it at once; a chat of before takes it over after the first message that comes ten minutes after it last read the settings.`,
  );
}

if (import.meta.main) await runCommand(main);
