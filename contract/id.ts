import { z } from "zod";

/** Longest id of the main system that is taken; longer ones are a mistake of the caller. */
const LONGEST_ID = 128;

/**
 * An id of the main system as it comes over the wire: an integer or a string. Kept as text, so `1707` and
 * `"1707"` are one user.
 */
export const Id = z.union([z.int(), z.string().trim().min(1).max(LONGEST_ID)]).transform(String);

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
        context.addIssue({ code: "invalid_union", errors: [], path: [at], input: one });
        problems += 1;
        if (problems === MOST_PROBLEMS) break;
      }
    }
    return [...ids];
  })
  .meta({ items: { anyOf: [{ type: "integer" }, { type: "string", minLength: 1, maxLength: LONGEST_ID }] } });

const INTEGER = /^(0|-?[1-9]\d{0,15})$/;

/** An id as it is answered: an integer where it is a safe one, else the text. */
export function idForWire(id: Id): number | string {
  if (!INTEGER.test(id)) return id;
  const number = Number(id);
  return Number.isSafeInteger(number) ? number : id;
}
