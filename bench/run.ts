import { loadavg } from "node:os";
import { placesIn } from "../scripts/local/places.ts";
import { wranglerEnv } from "../scripts/local/wrangler.ts";
import { Bench } from "./bench.ts";
import type { Goal } from "./findings.ts";
import { chosenParts, type PartName, parts } from "./parts.ts";
import { report, type Section, writeReport } from "./report.ts";
import { type Scratch, scratchFolder } from "./scratch.ts";

/** `npm run bench [-- part …] [--quick]`: everything, or some parts. Only a whole run is written down. */
async function main({ folder, isInMemory }: Scratch, args: readonly string[]): Promise<void> {
  Object.assign(process.env, wranglerEnv(placesIn(folder)), { WRANGLER_LOG: "error" });
  const [load = 0] = loadavg();
  const isQuick = args.includes("--quick");
  const chosen = chosenParts(args.filter((arg) => arg !== "--quick"));
  const bench = new Bench(folder, isQuick);
  const sections = await measured(bench, chosen).finally(() => bench.close());
  const text = report({ sections, isInMemory, load, seconds: performance.now() / 1000 });
  console.log(`\n${text}\n`);
  if (!isQuick && chosen.length === Object.keys(parts).length) writeReport(text);
  refuse(sections.flatMap(({ goals }) => goals).filter(({ isLaw, isMet }) => isLaw && !isMet));
}

async function measured(bench: Bench, names: readonly PartName[]): Promise<readonly Section[]> {
  const sections: Section[] = [];
  for (const name of names) {
    const { title, measure } = parts[name];
    sections.push({ title, ...(await measure(bench)) });
  }
  return sections;
}

function refuse(broken: readonly Goal[]): void {
  for (const { what, wanted, found } of broken) {
    process.exitCode = 1;
    console.error(`The law is broken: ${what} should be ${wanted}, and is ${found}.`);
  }
}

const scratch = scratchFolder();
try {
  await main(scratch, process.argv.slice(2));
} finally {
  scratch.remove();
}
