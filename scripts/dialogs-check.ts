import { dialogsOfBot } from "../communications/bots.ts";
import { runCommand } from "./command.ts";
import { checkCommandFrom } from "./dialogs/check-command.ts";
import { inWords, liveSteps, missingSteps } from "./dialogs/live-steps.ts";

async function main(): Promise<void> {
  const command = checkCommandFrom(process.argv.slice(2), process.env);
  const live = await liveSteps(command);
  const missing = missingSteps(live, dialogsOfBot(command.botId));
  console.log(inWords(missing, live));
  if (missing.length > 0) process.exitCode = 1;
}

if (import.meta.main) await runCommand(main);
