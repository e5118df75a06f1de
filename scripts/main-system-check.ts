import { runCommand } from "./command.ts";
import { checkSystem } from "./main-system/check.ts";
import { checkCommandFrom } from "./main-system/check-command.ts";

async function main(): Promise<void> {
  const command = checkCommandFrom(process.argv.slice(2), process.env);
  const { text, isGood } = await checkSystem(command, () => performance.now());
  console.log(text);
  if (!isGood) process.exitCode = 1;
}

if (import.meta.main) await runCommand(main);
