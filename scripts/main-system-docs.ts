import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runCommand } from "./command.ts";
import { documents } from "./main-system/documents.ts";

async function main(): Promise<void> {
  for (const [path, text] of Object.entries(documents())) {
    await writeFile(join(import.meta.dirname, "..", path), text);
    console.log(`${path} is made.`);
  }
}

if (import.meta.main) await runCommand(main);
