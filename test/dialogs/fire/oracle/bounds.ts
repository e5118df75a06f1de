import type { Traced } from "../trace.ts";

const DAY = 24 * 60 * 60 * 1000;

/** Handled updates are remembered for two days; a few of low numbers that come late keep the others that long again. */
const UPDATES_KNOWN_MS = 4 * DAY;
/** Deliveries are remembered for a month. */
const DELIVERIES_KNOWN_MS = 31 * DAY;

/**
 * Most rows by table, beside those that come with time. Of runs 100 may wait for an answer, 100 sleep, and 100 be played;
 * and some are on their way from one to the other.
 */
const MOST_ROWS: Readonly<Record<string, number>> = {
  facts: 12,
  reminders: 100,
  kept: 200,
  runs: 320,
  inbox: 8,
  deliveries: 8,
};

/** Characters that a row may have here, where nobody writes or carries much. */
const MOST_CHARACTERS = 2_000;

/** What a conversation keeps is bounded, whatever happens to it. */
export function bounds(events: readonly Traced[]): readonly string[] {
  const known = { inbox: new Peak(UPDATES_KNOWN_MS), deliveries: new Peak(DELIVERIES_KNOWN_MS) };
  return events.flatMap((event) => {
    if (event.kind === "arrives") known.inbox.add(`${event.update}`, event.at);
    if (event.kind === "handed") known.deliveries.add(event.run, event.at);
    if (event.kind !== "sizes") return [];
    const more: Readonly<Record<string, number>> = {
      inbox: known.inbox.most,
      deliveries: known.deliveries.most,
    };
    const tooMany = Object.entries(event.rows).flatMap(([table, rows]) =>
      rows > (MOST_ROWS[table] ?? 0) + (more[table] ?? 0) ? [`${rows} rows of ${table}`] : [],
    );
    const rows = Object.values(event.rows).reduce((sum, count) => sum + count, 0);
    return event.characters > rows * MOST_CHARACTERS
      ? [...tooMany, `${event.characters} characters`]
      : tooMany;
  });
}

/** How many things there were within a time, when there were most. */
class Peak {
  most = 0;
  readonly #times = new Map<string, number>();
  readonly #ms: number;

  constructor(ms: number) {
    this.#ms = ms;
  }

  add(name: string, at: number): void {
    this.#times.set(name, at);
    for (const [other, time] of this.#times) if (time <= at - this.#ms) this.#times.delete(other);
    this.most = Math.max(this.most, this.#times.size);
  }
}
