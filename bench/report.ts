import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { root } from "../scripts/local/places.ts";
import type { AnswerTimes } from "./answers.ts";
import type { BroadcastResults } from "./broadcasts.ts";
import type { Tally } from "./counting/tally.ts";
import type { Counts } from "./counts.ts";
import { shown } from "./numbers.ts";

/** Everything one run found out. */
export interface Results {
  readonly answers: AnswerTimes;
  readonly broadcasts: BroadcastResults;
  readonly counts: Counts;
  /** What an upload weighs, KiB of gzip. */
  readonly bundles: { readonly beseda: number; readonly bare: number };
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
export function report(results: Results): string {
  const memory = Math.round(totalmem() / GIB);
  const day = new Date().toISOString().slice(0, 10);
  return [
    `Run of ${day}: ${cpus().length} cores, ${memory} GiB, Node ${process.versions.node}, load ${shown(results.load)} before it began; ${Math.round(results.seconds)} s in all.`,
    speedTable(results),
    countTable(results.counts),
  ].join("\n\n");
}

function speedTable({ answers, broadcasts, bundles }: Results): string {
  const { beseda, bare, woken, nothing, messages, wakes } = answers;
  const { many, few, rounds, firstEver, known, bare: loop } = broadcasts;
  const ms = ({ p50, p99 }: { p50: number; p99: number }) => `${shown(p50)} / ${shown(p99)} ms`;
  const rate = (people: number, seconds: number) =>
    `${shown(seconds)} s (${Math.round(people / seconds)} messages/s)`;
  const perMessage = known.few.last / few / (known.many.last / many);
  const first = firstEver.many.last / known.many.last;
  return table(
    ["what", "Beseda", "bare bot", "ratio"],
    [
      [
        `message → answer, p50 / p99 of ${messages} pairs`,
        ms(beseda),
        ms(bare),
        `**${shown(answers.ratio)}**`,
      ],
      [`the same, conversation evicted before each of ${wakes}`, ms(woken), "", shown(woken.p50 / bare.p50)],
      ["a request that does nothing, p50 / p99", ms(nothing), "the same", ""],
      [
        `call to ${many} → last message, median of ${rounds}`,
        rate(many, known.many.last),
        rate(many, loop.many),
        `**${shown(loop.ratio)}**`,
      ],
      ["— until the call was answered", `${shown(known.many.answered)} s`, "", ""],
      ["— until the first message", `${shown(known.many.first)} s`, "", ""],
      ["— until the ledger has all", `${shown(known.many.recorded)} s`, "", ""],
      [
        `call to ${few} → last message`,
        rate(few, known.few.last),
        "",
        `${shown(perMessage)} a message, to ${many}`,
      ],
      ["— until the call was answered", `${shown(known.few.answered)} s`, "", ""],
      ["— until the first message", `${shown(known.few.first)} s`, "", ""],
      [
        `call to ${many} nobody ever spoke with`,
        rate(many, firstEver.many.last),
        "",
        `${shown(first)} to known ones`,
      ],
      [`call to ${few} nobody ever spoke with`, rate(few, firstEver.few.last), "", ""],
      [
        "size of the upload, gzip",
        `${shown(bundles.beseda)} KiB`,
        `${shown(bundles.bare)} KiB`,
        shown(bundles.beseda / bundles.bare),
      ],
    ],
  );
}

/** US dollars a million of each, paid plan (Cloudflare's price list, 2026-11). */
const PRICES: Partial<Record<keyof Tally, number>> = {
  d1RowsRead: 0.001,
  d1RowsWritten: 1,
  objectRequests: 0.15,
  alarms: 0.15,
  objectRowsRead: 0.001,
  objectRowsWritten: 1,
  // Three operations a message: written, read, deleted.
  queueMessages: 1.2,
};

const ROWS: readonly (readonly [string, keyof Tally])[] = [
  ["D1 queries before the answer", "d1QueriesBeforeAnswer"],
  ["D1 queries in all", "d1Queries"],
  ["D1 rows read", "d1RowsRead"],
  ["D1 rows written", "d1RowsWritten"],
  ["calls of Durable Objects", "objectRequests"],
  ["alarms that rang", "alarms"],
  ["rows read in objects", "objectRowsRead"],
  ["rows written in objects", "objectRowsWritten"],
  ["queue messages", "queueMessages"],
  ["Bot API requests", "botRequests"],
];

function countTable({ known, afterQuiet, stranger, firstDelivery, delivery }: Counts): string {
  const columns = [known, afterQuiet, stranger, delivery, firstDelivery];
  const heads = [
    "known lead's message",
    "the same, evicted, after 10 min",
    "stranger's first message",
    "broadcast message",
    "the same, first ever",
  ];
  const rows = ROWS.map(([title, name]) => {
    const isOfAnswers = name === "d1QueriesBeforeAnswer";
    return [
      title,
      ...columns.map((tally, at) => (isOfAnswers && at > 2 ? "" : String(Number(tally[name].toFixed(2))))),
    ];
  });
  const cost = ["US$ a million (without CPU time)", ...columns.map((tally) => priceOf(tally).toFixed(1))];
  return table(["counted, per message", ...heads], [...rows, cost]);
}

function priceOf(tally: Tally): number {
  const parts = Object.entries(PRICES) as [keyof Tally, number][];
  return parts.reduce((sum, [name, price]) => sum + tally[name] * price, 0);
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}
