import { z } from "zod";
import { Id } from "../../contract/id.ts";

/** A text that may be missing or null; read as an empty one. */
export const MaybeText = z
  .string()
  .nullish()
  .transform((text) => text ?? "");

/** The id of a user, as every map writes it. */
export const UserId = Id.describe("The user's id");

/** The address of a page that a button leads to. */
export const PageUrl = z.url().describe("Whole address of its page: buttons of the bot lead there");

/** What was bought, or is about to be. */
export const goods = {
  items: z
    .array(
      z.object({
        name: z.string().describe("What it is, as people read it"),
        quantity: z.number().describe("How many of it"),
        price: z.number().describe("For one, in whole units of the currency"),
      }),
    )
    .describe("The goods, in the order to show them in"),
  total: z.number().describe("What all of it costs, in whole units of the currency"),
  currency: z.string().describe("ISO 4217: `RUB`"),
};
