import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Endpoint } from "../../main-system/endpoint.ts";
import { endpoints } from "../../main-system/endpoints/endpoints.ts";
import { Complaint } from "../command.ts";
import { markdown } from "./markdown.ts";
import { openApi } from "./openapi.ts";

/** The documents made from the table of endpoints: the text of each, by its path from the root of this repository. */
export function documents(): Readonly<Record<string, string>> {
  const all: readonly Endpoint[] = Object.values(endpoints);
  return {
    "docs/main-system.md": formatted("docs/main-system.md", markdown(all)),
    "docs/main-system.openapi.json": `${JSON.stringify(openApi(all), null, 2)}\n`,
  };
}

const biome = join(
  dirname(fileURLToPath(import.meta.resolve("@biomejs/biome/package.json"))),
  "bin",
  "biome",
);

/** A text as Biome writes a file of this path. Its lint of the house holds for what is made, too. */
function formatted(path: string, text: string): string {
  const said = spawnSync(process.execPath, [biome, "format", `--stdin-file-path=${path}`], {
    input: text,
    encoding: "utf8",
  });
  if (said.status !== 0) throw new Complaint(`Biome does not take ${path}: ${said.stderr}`);
  return said.stdout;
}
