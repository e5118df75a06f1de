import { type Counts, type Kind, total } from "../counting/tally.ts";

/** What one message costs: what was counted, and the processor's time. */
export interface Costs {
  readonly counts: Counts;
  /** Processor time of the whole runtime, ms: more than is billed, for objects and the database are billed otherwise. */
  readonly cpuMs: number | null;
}

/** A line of the bill. */
export interface Line {
  readonly what: string;
  readonly count: number;
  /** US$ for a million messages. */
  readonly dollars: number;
}

/** Durable Objects, pricing: an object is billed as 128 MB, whatever it uses. $12.50 for a million GB-seconds. */
const GB_SECONDS_A_MS = 0.128 / 1000;

/** US$ a million of each (paid plan, `facts.md`: Cloudflare's price list of 2026-11), and what it is called. */
const PRICES: Partial<Record<Kind, { readonly dollars: number; readonly name: string }>> = {
  d1RowsRead: { dollars: 0.001, name: "D1 rows read" },
  d1RowsWritten: { dollars: 1, name: "D1 rows written" },
  objectRequests: { dollars: 0.15, name: "calls of objects" },
  alarms: { dollars: 0.15, name: "alarms that rang" },
  objectRowsRead: { dollars: 0.001, name: "object rows read" },
  objectRowsWritten: { dollars: 1, name: "object rows written" },
  objectMs: { dollars: 12.5 * GB_SECONDS_A_MS, name: "ms of an object" },
  queueOperations: { dollars: 0.4, name: "queue operations" },
  workerRequests: { dollars: 0.3, name: "Worker requests" },
};
const CPU_DOLLARS = 0.02;

/** What is priced, in the order of the list above. */
export const PRICED = Object.keys(PRICES) as readonly Kind[];

/** What a kind is called. */
export function nameOf(kind: Kind): string {
  return PRICES[kind]?.name ?? kind;
}

/** US$ for a million of a message that costs this. */
export function dollarsOf({ counts, cpuMs }: Costs): number {
  const sum = PRICED.reduce(
    (dollars, kind) => dollars + total(counts, kind) * (PRICES[kind]?.dollars ?? 0),
    0,
  );
  return sum + (cpuMs ?? 0) * CPU_DOLLARS;
}

/** One line for every kind of cost and the place where it came up, the dearest first. */
export function linesOf({ counts, cpuMs }: Costs): readonly Line[] {
  const lines = PRICED.flatMap((kind) =>
    Object.entries(counts[kind]).map(([where, count]) => ({
      what: `${nameOf(kind)}: ${where.replace("/", ", ")}`,
      count,
      dollars: count * (PRICES[kind]?.dollars ?? 0),
    })),
  );
  const cpu = {
    what: "ms of the processor, at most",
    count: cpuMs ?? 0,
    dollars: (cpuMs ?? 0) * CPU_DOLLARS,
  };
  return [...lines, cpu].sort((a, b) => b.dollars - a.dollars);
}
