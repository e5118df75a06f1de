import { spawnSync } from "node:child_process";

/**
 * `npm run structure`: holds the table of imports. dependency-cruiser says "no violations" too where it could read
 * no file at all (as with a TypeScript that has no JavaScript API), so a count of next to nothing fails.
 */
const FEWEST_FILES = 100;

const cruise = spawnSync("depcruise", ["--config", ".dependency-cruiser.cjs", "."], { encoding: "utf8" });
const said = `${cruise.stdout}${cruise.stderr}`;
process.stdout.write(said);

const files = Number(/\((\d+) modules,/.exec(said)?.[1] ?? 0);
if (cruise.status === 0 && files < FEWEST_FILES) {
  console.error(`Only ${files} files were looked at: dependency-cruiser can't read this code.`);
  process.exitCode = 1;
} else {
  process.exitCode = cruise.status ?? 1;
}
