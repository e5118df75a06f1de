import { answers } from "./answers/part.ts";
import { calls } from "./calls/part.ts";
import type { Part } from "./findings.ts";
import { footprint } from "./footprint/part.ts";
import { growth } from "./growth/part.ts";
import { load } from "./load/part.ts";
import { price } from "./price/part.ts";
import { throughput } from "./throughput/part.ts";

/** The parts of the bench by name, in the order they run and are reported in. */
export const parts = { footprint, answers, calls, throughput, load, growth, price } as const satisfies Record<
  string,
  Part
>;

/** The name of a part. */
export type PartName = keyof typeof parts;

/** The parts of these names, in their order; all where none is named. Throws on a name that there is not. */
export function chosenParts(names: readonly string[]): readonly PartName[] {
  const all = Object.keys(parts) as PartName[];
  const unknown = names.filter((name) => !(name in parts));
  if (unknown.length > 0)
    throw new Error(`There is no part ${unknown.join(", ")}. There are: ${all.join(", ")}`);
  return names.length === 0 ? all : all.filter((name) => names.includes(name));
}
