import type { Bench } from "./bench.ts";

/** Something the house wants of itself, and what was found. */
export interface Goal {
  readonly what: string;
  /** As in "at least 98%". */
  readonly wanted: string;
  readonly found: string;
  readonly isMet: boolean;
  /** A law is no wish: the bench fails where it is broken. */
  readonly isLaw?: boolean;
}

/** What a part of the bench found out. */
export interface Findings {
  /** Its tables and a line or two, in Markdown. */
  readonly text: string;
  readonly goals: readonly Goal[];
}

/** A part of the bench, that can be run alone. */
export interface Part {
  readonly title: string;
  measure(bench: Bench): Promise<Findings>;
}
