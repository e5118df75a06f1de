import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { linkingCases } from "../test/contract/linking-cases.ts";
import { runCommand } from "./command.ts";
import { linkingTable, withLinkingTable } from "./linking/table.ts";
import { root } from "./local/places.ts";

const DOCUMENT = "docs/site-developer.md";

/** `npm run linking:table`: writes the linking rules into the site developer's document, from the cases that test them. */
function main(): void {
  const file = join(root, DOCUMENT);
  writeFileSync(file, withLinkingTable(readFileSync(file, "utf8"), linkingTable(linkingCases)));
  console.log(`${DOCUMENT} has the rules of today.`);
}

if (import.meta.main) await runCommand(main);
