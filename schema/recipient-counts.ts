import { z } from "zod";

/** How many of a call's recipients are where, as it is answered. */
export const RecipientCounts = z.object({
  /** All of the others together: distinct ids, or all whom a rule fits; each lead where all of a person are told. */
  total: z.number(),
  queued: z.number(),
  paused: z.number(),
  unlinked: z.number(),
  blocked: z.number(),
});

/** How many of a call's recipients are where, as it is answered. */
export type RecipientCounts = z.infer<typeof RecipientCounts>;

/** What `calls.recipients` holds; `null` while an audience by rule is being walked. */
export function readCounts(json: string): RecipientCounts | null {
  return RecipientCounts.nullable().parse(JSON.parse(json));
}
