import { z } from "zod";
import { Id } from "../../contract/id.ts";

/** Longest text of a field; longer ones are a mistake of the caller. */
const Text = z.string().trim().max(300).nullish();

/** Who may have changed a user. */
export const CHANGED_BY = ["user", "administrator", "employee"] as const;

/** Who has changed a user. */
export type ChangedBy = (typeof CHANGED_BY)[number];

/** What `users/update` must say (requirement 9), and may say of where the change was made, and by whom. */
export const UpdateParams = z.strictObject({
  userId: Id.describe("Whose data were changed"),
  role: z.string().trim().min(1).max(64).describe("The user's role in the main system: it decides the menu"),
  lastname: Text,
  firstname: Text,
  patronymic: Text,
  active: z.boolean().nullish().describe("Whether the account is in use"),
  phone: z.union([z.int(), Text]).describe("With the code of the country, or a number of the home country"),
  email: Text,
  location: z
    .strictObject({ country: Text, region: Text, city: Text })
    .nullish()
    .describe("The whole place: a part of it that is not named is empty from now on"),
  eventId: Id.nullish().describe(
    "Where the change was made: communications can differ by it (`orders/delivery-address`)",
  ),
  changedBy: z
    .enum(CHANGED_BY)
    .nullish()
    .describe("Who made it; a change by the user, or by nobody knows whom, is not told"),
});
