import { z } from "zod";
import { says } from "../../contract/problem.ts";
import { When } from "../../contract/when.ts";

const DEFAULT_PAGE = 100;
const LARGEST_PAGE = 1000;

/** How many rows a page has. @param what they are, for the API page */
export function pageLimit(what: string) {
  return z.coerce.number().int().min(1).max(LARGEST_PAGE).default(DEFAULT_PAGE).describe(`${what} a page`);
}

/** The cursor of a page. @param isOurs whether a text is one that we gave */
export function cursorThat(isOurs: (text: string) => boolean) {
  return z
    .string()
    .refine(isOurs, says({ ru: "Такого курсора нет", en: "There is no such cursor" }))
    .optional()
    .describe("`nextCursor` of the page before");
}

/** A time in a query. The plus of its offset, sent as it is, arrives as a space. */
export const QueryTime = z
  .string()
  .overwrite((text) => text.replace(/ (?=\d\d:?\d\d$)/, "+"))
  .pipe(When)
  .meta({ format: "date-time" })
  .optional();
