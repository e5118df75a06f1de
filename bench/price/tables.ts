import { type Counts, type Kind, total } from "../counting/tally.ts";
import { table } from "../markdown.ts";
import { percent, shown, shownCount } from "../numbers.ts";
import { type Costs, dollarsOf, linesOf, nameOf, PRICED } from "./bill.ts";

/** Lines below this share of the bill are told as one. */
const SMALL = 0.01;

/** Counted, and not on the bill. */
const UNPRICED: Partial<Record<Kind, string>> = {
  d1Queries: "D1 queries",
  queueMessages: "queue messages",
  dataPoints: "points for the Analytics Engine",
  botRequests: "Bot API requests",
};

/** Everything that was counted, for several kinds of message beside each other. */
export function countTable(columns: Readonly<Record<string, Costs>>): string {
  const costs = Object.values(columns);
  const kinds = [...(Object.keys(UNPRICED) as Kind[]), ...PRICED];
  const rows = kinds
    .filter((kind) => costs.some(({ counts }) => total(counts, kind) > 0))
    .map((kind) => [
      UNPRICED[kind] ?? nameOf(kind),
      ...costs.map(({ counts }) => shownCount(total(counts, kind))),
    ]);
  const cpu = costs.map(({ cpuMs }) => (cpuMs === null ? "" : shown(cpuMs)));
  const dollars = costs.map((cost) => `**${dollarsOf(cost).toFixed(2)}**`);
  return table(
    ["counted, for each", ...Object.keys(columns)],
    [...rows, ["ms of the processor, at most", ...cpu], ["US$ for a million", ...dollars]],
  );
}

/** Where each cent goes, the dearest first; `retention` is what comes later. */
export function billTable(what: string, costs: Costs, retention: Counts): string {
  const lines = linesOf(costs);
  const later = dollarsOf({ counts: retention, cpuMs: null });
  const sum = dollarsOf(costs) + later;
  const isLarge = ({ dollars }: { dollars: number }) => dollars >= sum * SMALL;
  const small = lines.filter((line) => !isLarge(line));
  const rest = small.reduce((dollars, line) => dollars + line.dollars, 0);
  const row = (name: string, count: string, dollars: number) => [
    name,
    count,
    dollars.toFixed(3),
    percent(dollars / sum),
  ];
  return table(
    [what, "for each", "US$", "share"],
    [
      ...lines.filter(isLarge).map((line) => row(line.what, shownCount(line.count), line.dollars)),
      row(`${small.length} smaller ones`, "", rest),
      row("retention, later", "", later),
      row("**all**", "", sum),
    ],
  );
}
