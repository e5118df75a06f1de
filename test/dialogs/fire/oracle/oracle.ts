import type { Traced } from "../trace.ts";
import { answers } from "./answers.ts";
import { bounds } from "./bounds.ts";
import { ends } from "./ends.ts";
import { lead } from "./lead.ts";
import { once } from "./once.ts";
import { order } from "./order.ts";
import { places } from "./places.ts";
import { silence } from "./silence.ts";

/** What must hold of every conversation, by its name. */
export const INVARIANTS = {
  "each effect once": once,
  "order kept": order,
  "every run ends or waits": ends,
  "state bounded": bounds,
  "nothing said while silenced but what is critical": silence,
  "what a person writes is answered": answers,
  "an answer goes where it was asked for": places,
  "the lead as they were left": lead,
} as const;

/** What of it was broken. */
export function broken(events: readonly Traced[]): readonly string[] {
  return Object.entries(INVARIANTS).flatMap(([name, problems]) =>
    [...new Set(problems(events))].map((problem) => `${name}: ${problem}`),
  );
}
