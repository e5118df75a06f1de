import type { Traced } from "../trace.ts";
import { of } from "./messages.ts";

/** What is kept of a lead is what was wanted last, in the conversation and in the directory. */
export function lead(events: readonly Traced[]): readonly string[] {
  return of(events, "lead").flatMap(({ here, there, rightly }) => [
    ...(JSON.stringify(here) === JSON.stringify(there)
      ? []
      : [`the conversation knows ${JSON.stringify(here)}, the directory ${JSON.stringify(there)}`]),
    ...lost("the tag", rightly.tags, here.tags),
    ...lost("the variable", rightly.variables, here.variables),
    ...otherThan("a pause without an end", rightly.isPausedForever, here.isPausedForever),
    ...otherThan("an operator", rightly.withOperator, here.withOperator),
  ]);
}

function lost(what: string, rightly: readonly string[], known: readonly string[]): readonly string[] {
  return rightly.flatMap((name) => (known.includes(name) ? [] : [`${what} ${name} is lost`]));
}

function otherThan(what: string, rightly: boolean | null, known: boolean): readonly string[] {
  return rightly === null || rightly === known ? [] : [`${what} is ${known ? "" : "not "}there`];
}
