import type { Bench } from "../bench.ts";
import type { Findings, Goal, Part } from "../findings.ts";
import { table } from "../markdown.ts";
import { median, shown, shownCount, thousands } from "../numbers.ts";
import { type Cost, type Grown, measureGrowth, timeRatio } from "./measure.ts";

const FULL = { leads: [1_000, 100_000, 1_000_000], recipients: 100, calls: 7, messages: 60 };
const QUICK = { leads: [1_000, 2_000, 5_000], recipients: 20, calls: 2, messages: 5 };

/** How much more a thing may cost with the most leads than with the fewest. */
const GOAL = 1.1;

/** What a call and a message cost with few and with many leads in the database. */
export const growth: Part = {
  title: "Growth",
  async measure(bench: Bench): Promise<Findings> {
    const sizes = bench.isQuick ? QUICK : FULL;
    const grown = await measureGrowth(bench, sizes);
    const [fewest] = grown;
    const most = grown.at(-1);
    if (!fewest || !most) throw new Error("Growth is from one size to another");
    const things = {
      [`call to ${sizes.recipients}`]: (of: Grown) => of.call,
      "a stranger's first message": (of: Grown) => of.stranger,
      "a known lead's message": (of: Grown) => of.known,
    };
    const text = table(
      ["leads in the database", ...grown.map(({ leads }) => thousands(leads)), "most to fewest"],
      Object.entries(things).flatMap(([what, of]) => rowsOf(what, grown.map(of))),
    );
    const goals = Object.entries(things).flatMap(([what, of]) => goalsOf(what, of(fewest), of(most)));
    return { text, goals };
  },
};

function rowsOf(what: string, costs: readonly Cost[]): readonly (readonly string[])[] {
  const [fewest] = costs;
  const most = costs.at(-1);
  if (!fewest || !most) return [];
  return [
    [
      `${what}, median of ${fewest.ms.length}`,
      ...costs.map(({ ms }) => `${shown(median(ms))} ms`),
      `**${shown(timeRatio(most, fewest))}**`,
    ],
    [
      "— rows read / written in D1",
      ...costs.map(({ rowsRead, rowsWritten }) => `${shownCount(rowsRead)} / ${shownCount(rowsWritten)}`),
      shown(rowRatio(most, fewest)),
    ],
  ];
}

function goalsOf(what: string, fewest: Cost, most: Cost): readonly Goal[] {
  const goal = (of: string, ratio: number) => ({
    what: `${what}, most leads to fewest: ${of}`,
    wanted: `at most ${GOAL}`,
    found: shown(ratio),
    isMet: ratio <= GOAL,
  });
  return [goal("time", timeRatio(most, fewest)), goal("rows", rowRatio(most, fewest))];
}

/** Rows read and written together; where there are none of both, nothing grew. */
function rowRatio(most: Cost, fewest: Cost): number {
  const rows = ({ rowsRead, rowsWritten }: Cost) => rowsRead + rowsWritten;
  return rows(most) === rows(fewest) ? 1 : rows(most) / rows(fewest);
}
