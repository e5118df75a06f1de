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

/** Ids of those who are to be told; an id named twice, as a number and as text, counts once. */
export const Ids = z
  .array(Id)
  .min(1)
  .max(MOST_RECIPIENTS)
  .transform((ids) => [...new Set(ids)]);

const INTEGER = /^(0|-?[1-9]\d{0,15})$/;

/** An id as it is answered: an integer where it is a safe one, else the text. */
export function idForWire(id: Id): number | string {
  if (!INTEGER.test(id)) return id;
  const number = Number(id);
  return Number.isSafeInteger(number) ? number : id;
}
