import { z } from "zod";
import { idForWire } from "../../contract/id.ts";
import { isRefusal, type Refusal } from "../../contract/refusal.ts";
import type { LeadIdentity } from "../../schema/lead-identity.ts";
import { WireId } from "../call/responses.ts";
import type { Reply } from "./endpoint.ts";

/** Longer ones are a mistake of the caller. */
const LONGEST = 64;

/**
 * A BUID as a site sends it. Any text is one: whether it is somebody's is not told, so a wrong one is not told from a
 * wrong PIN either.
 */
export const Buid = z
  .string()
  .trim()
  .min(1)
  .max(LONGEST)
  .describe("The `buid` of the link that the bot gave");

/** A PIN as a person typed it, with or without spaces. */
export const Pin = z
  .string()
  .max(LONGEST)
  .transform((typed) => typed.replace(/\s/g, ""))
  .pipe(z.string().min(1))
  .describe("What the person typed");

/** Who is meant, in an answer: by every id that a site may keep (requirement 40). */
export const identityAnswer = {
  personId: z.int().describe("The human: stays the same whichever of their chats it is"),
  leadId: z.int().describe("The chat"),
  leadName: z.string().describe("The name that the messenger knows the person by"),
};

/** The user in an answer that may know none. */
export const maybeUser = {
  userId: WireId.nullable().describe("`null` where they have no account yet, or are blocked"),
};

/** Who a lead is, as it is answered. */
export function wireIdentity({ personId, leadId, leadName }: LeadIdentity) {
  return { personId, leadId, leadName };
}

/** The answer to a link that was made, or why it was not. */
export function linkedReply(userId: string, made: LeadIdentity | Refusal): Reply {
  return isRefusal(made) ? made : { status: "linked", userId: idForWire(userId), ...wireIdentity(made) };
}

/** The user, as it is answered. */
export function wireUser({ userId }: Pick<LeadIdentity, "userId">) {
  return { userId: userId === null ? null : idForWire(userId) };
}
