/** What is counted: all that a bill of Cloudflare is made of, and a little more. */
export const KINDS = [
  /** Statements, those of a batch one by one; by table. */
  "d1Queries",
  /** Those begun before the first request to the Bot API was: on the way to the answer. */
  "d1QueriesBeforeAnswer",
  "d1RowsRead",
  "d1RowsWritten",
  /** Calls of Durable Objects and alarms that rang, by class: both are billed as requests. */
  "objectRequests",
  "alarms",
  /** Rows of the objects' own SQLite by class and table; keys and alarms are rows too. */
  "objectRowsRead",
  "objectRowsWritten",
  /** Milliseconds during which an object had something to do, by class. */
  "objectMs",
  "queueMessages",
  /** Three a message and 64 KB, and one more each time it comes again. */
  "queueOperations",
  /** Requests, batches of a queue and cron triggers that the Worker was run for. */
  "workerRequests",
  /** Points written to the Analytics Engine. */
  "dataPoints",
  /** Requests to the Bot API. */
  "botRequests",
] as const;

/** What is counted. */
export type Kind = (typeof KINDS)[number];

/** Counts of every kind, by where they came up: a table, a class, a queue. */
export type Counts = Readonly<Record<Kind, Readonly<Record<string, number>>>>;

/** Counts what the platform is asked to do. */
export class Tally {
  #counts = new Map<Kind, Map<string, number>>();

  add(kind: Kind, where: string, count: number): void {
    if (count === 0) return;
    const known = this.#counts.get(kind) ?? new Map<string, number>();
    this.#counts.set(kind, known.set(where, (known.get(where) ?? 0) + count));
  }

  has(kind: Kind): boolean {
    return this.#counts.has(kind);
  }

  clear(): void {
    this.#counts.clear();
  }

  counts(): Counts {
    const entries = KINDS.map((kind) => [kind, Object.fromEntries(this.#counts.get(kind) ?? [])]);
    return Object.fromEntries(entries) as Counts;
  }
}

/** All of a kind, wherever. */
export function total(counts: Counts, kind: Kind): number {
  return Object.values(counts[kind]).reduce((sum, count) => sum + count, 0);
}

/** The counts of `counts`, each by so many. */
export function dividedBy(counts: Counts, by: number): Counts {
  const entries = KINDS.map((kind) => {
    const places = Object.entries(counts[kind]).map(([where, count]) => [where, count / by]);
    return [kind, Object.fromEntries(places)];
  });
  return Object.fromEntries(entries) as Counts;
}

/** The table that a statement is about. */
export function tableOf(query: string): string {
  return STATEMENT.exec(query)?.[1] ?? "other";
}

const STATEMENT =
  /\b(?:insert(?: or \w+)? into|update|from|create table(?: if not exists)?|create(?: unique)? index .*? on)\s+["`]?(\w+)/i;
