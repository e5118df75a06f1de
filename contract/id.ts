import { z } from "zod";
import { says } from "./problem.ts";
import type { Words } from "./words.ts";

/** Longest id of the main system that is taken; longer ones are a mistake of the caller. */
const LONGEST_ID = 128;

/** What is said of anything that is no id, alone or in a list. */
export const NO_ID: Words<string> = {
  ru: `Ожидалась строка от 1 до ${LONGEST_ID} знаков (не «.» и не «..») или целое число не больше 2^53−1`,
  en: `Expected a string of 1 to ${LONGEST_ID} characters (not "." or "..") or an integer of at most 2^53−1`,
};

/** An id in the document of the API. */
const ON_THE_WIRE = {
  anyOf: [{ type: "integer" as const }, { type: "string" as const, minLength: 1, maxLength: LONGEST_ID }],
};

/**
 * An id of the main system as it comes over the wire: an integer or a string. Kept as text, so `1707` and
 * `"1707"` are one user.
 */
export const Id = z
  .union([z.number(), z.string()])
  .refine((given) => (typeof given === "number" ? Number.isSafeInteger(given) : isText(given)), says(NO_ID))
  .transform((given) => String(given).trim())
  .meta(ON_THE_WIRE);

/** It stands in addresses of the main system, where a dot or two would lead to another page. */
function isText(given: string): boolean {
  const text = given.trim();
  return text.length > 0 && text.length <= LONGEST_ID && text !== "." && text !== "..";
}

/** An id as it is kept: text. */
export type Id = string;

/** Most recipients one call may name. */
export const MOST_RECIPIENTS = 100_000;

/** Most problems told of one list: a list of nothing but mistakes must not cost a report on each. */
const MOST_PROBLEMS = 20;

/** Ids of those who are to be told; an id named twice, as a number and as text, counts once. */
export const Ids = z
  .array(z.unknown())
  .min(1)
  .max(MOST_RECIPIENTS)
  .transform((given, context) => {
    const ids = new Set<Id>();
    let problems = 0;
    for (const [at, one] of given.entries()) {
      const read = Id.safeParse(one);
      if (read.success) ids.add(read.data);
      else {
        context.addIssue({ code: "custom", ...says(NO_ID), path: [at], input: one });
        problems += 1;
        if (problems === MOST_PROBLEMS) break;
      }
    }
    return [...ids];
  })
  .meta({ items: ON_THE_WIRE });

const INTEGER = /^(0|-?[1-9]\d{0,15})$/;

/** An id as it is answered: an integer where it is a safe one, else the text. */
export function idForWire(id: Id): number | string {
  if (!INTEGER.test(id)) return id;
  const number = Number(id);
  return Number.isSafeInteger(number) ? number : id;
}
