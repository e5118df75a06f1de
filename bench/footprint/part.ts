import type { Bench } from "../bench.ts";
import type { Findings, Part } from "../findings.ts";
import { table } from "../markdown.ts";
import { shown } from "../numbers.ts";
import { coldStarts } from "./cold-start.ts";
import { startTimes } from "./start-command.ts";

const FULL = 3;
const QUICK = 1;

/** What an upload weighs, and how long things take to start. */
export const footprint: Part = {
  title: "Footprint",
  async measure(bench: Bench): Promise<Findings> {
    bench.tell("Building as for an upload …");
    const [beseda, bare, empty] = await Promise.all([
      bench.build("beseda"),
      bench.build("bare"),
      bench.build("empty"),
    ]);
    bench.tell("Cold starts …");
    const rounds = bench.isQuick ? QUICK : FULL;
    const cold = await coldStarts({ beseda, bare, empty }, rounds);
    bench.tell("npm start, in a copy of the checkout …");
    const start = await startTimes();
    const text = table(
      ["footprint", "Beseda", "bare bot", "a Worker that does nothing"],
      [
        ["size of the upload, gzip", ...[beseda, bare, empty].map(({ gzipKiB }) => `${shown(gzipKiB)} KiB`)],
        [
          `runtime started → first answer, median of ${rounds}`,
          ...[cold.beseda, cold.bare, cold.empty].map((ms) => `${Math.round(ms)} ms`),
        ],
        [
          "— more than nothing takes",
          ...[cold.beseda, cold.bare].map((ms) => `${Math.round(ms - cold.empty)} ms`),
          "",
        ],
        ["`npm start` → ready, the first time", `${shown(start.first)} s`, "", ""],
        ["— and again", `${shown(start.again)} s`, "", ""],
      ],
    );
    return { text, goals: [] };
  },
};
