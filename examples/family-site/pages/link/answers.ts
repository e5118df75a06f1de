import { z } from "zod";

/** A user's id as the bot answers it: `1707` and `"1707"` are one user. */
const UserId = z.union([
  z.int().positive(),
  z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .transform(Number),
]);

/** What the messenger calls the person; a name is never worth a failure. */
const LeadName = z
  .string()
  .trim()
  .transform((name) => name.slice(0, 100))
  .catch("");

/** What `authorize` answers to a right PIN. */
export const Authorized = z.discriminatedUnion("status", [
  z.object({ status: z.literal("linked"), userId: UserId, leadName: LeadName }),
  z.object({ status: z.literal("already-linked"), userId: UserId, leadName: LeadName }),
  z.object({ status: z.literal("conflict"), linkedUserId: UserId, leadName: LeadName }),
  z.object({ status: z.literal("not-linked"), leadName: LeadName }),
]);
export type Authorized = z.infer<typeof Authorized>;

/** What `link` answers. */
export const Linked = z.object({ status: z.literal("linked"), userId: UserId, leadName: LeadName });

/** Whom the bot knows by a token or by a Mini App's data; `userId` is `null` where no account is linked. */
export const Identified = z.object({ userId: UserId.nullable(), leadName: LeadName });

/** The same of a token: which person of the bot's, and the page that the token was made for. */
export const IdentifiedByToken = Identified.extend({ personId: z.int().positive(), path: z.string() });
export type IdentifiedByToken = z.infer<typeof IdentifiedByToken>;
