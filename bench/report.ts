import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { root } from "../scripts/local/places.ts";
import type { Findings, Goal } from "./findings.ts";
import { table } from "./markdown.ts";
import { shown } from "./numbers.ts";

/** A part's findings under its title. */
export type Section = Findings & { readonly title: string };

/** Everything one run found out. */
interface Results {
  readonly sections: readonly Section[];
  /** Whether what was stored lay in memory. */
  readonly isInMemory: boolean;
  /** How many processes wanted a core in the minute before: what else the machine was doing. */
  readonly load: number;
  readonly seconds: number;
}

/** Between these lines of the document stands what a run writes; the rest is written by hand. */
const BEGIN = "<!-- npm run bench writes from here -->";
const END = "<!-- to here -->";

const GIB = 1024 ** 3;

/** Writes a run's tables into `docs/performance.md`. */
export function writeReport(text: string): void {
  const path = join(root, "docs/performance.md");
  const document = readFileSync(path, "utf8");
  const [before, rest = ""] = document.split(BEGIN);
  const [, after] = rest.split(END);
  if (after === undefined) throw new Error(`docs/performance.md has lost the lines "${BEGIN}" and "${END}"`);
  writeFileSync(path, `${before}${BEGIN}\n\n${text}\n\n${END}${after}`);
}

/** A run's tables, in Markdown. */
export function report({ sections, isInMemory, load, seconds }: Results): string {
  const memory = Math.round(totalmem() / GIB);
  const day = new Date().toISOString().slice(0, 10);
  const machine = `${cpus().length} cores, ${memory} GiB, Node ${process.versions.node}, storage ${isInMemory ? "in memory" : "on disk"}`;
  return [
    `Run of ${day}: ${machine}, load ${shown(load)} before it began; ${Math.round(seconds)} s in all.`,
    ...goalTable(sections.flatMap(({ goals }) => goals)),
    ...sections.flatMap(({ title, text }) => [`### ${title}`, text]),
  ].join("\n\n");
}

function goalTable(goals: readonly Goal[]): readonly string[] {
  if (goals.length === 0) return [];
  const rows = goals.map(({ what, wanted, found, isMet }) => [
    what,
    wanted,
    found,
    isMet ? "met" : "**missed**",
  ]);
  return ["### Goals", table(["what", "wanted", "found", ""], rows)];
}
