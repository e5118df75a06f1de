import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import { runCommand } from "./command.ts";
import { root } from "./local/places.ts";
import { demoMap, demoMapFile } from "./map/demo-map.ts";

/** `npm run map`: writes the communication maps of the code as they are now into their document. */
function main(): void {
  writeFileSync(demoMapFile, demoMap());
  console.log(`${relative(root, demoMapFile)} is written.`);
}

if (import.meta.main) await runCommand(main);
