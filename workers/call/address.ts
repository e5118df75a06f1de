import { z } from "zod";
import type { LeadAudience } from "../../contract/call.ts";
import { type Refusal, refuse } from "../../contract/refusal.ts";
import type { AnyCommunication } from "../../dialogs/communication.ts";
import { accountOf, formerAccountOf } from "../../schema/account-of.ts";
import type { Database } from "../../schema/database.ts";
import { BodyTooLarge, NotJson, type ReadBody } from "../body.ts";

/** What stands in place of a user: a person, or a lead (requirement 40). */
const InPlace = z.union([
  z.object({ personId: z.int().positive() }),
  z.object({ leadId: z.int().positive() }),
]);

const Named = z.looseObject({ script_request_params: z.looseObject({ userId: z.undefined().optional() }) });

/** A call's body that names the user, and the chat that alone is to be told, where the call named that. */
export interface Addressed {
  readonly body: ReadBody;
  readonly only: LeadAudience | null;
  /** Whether the user is not linked there any more: good for a call that signs out, and was cut short. */
  readonly isFormer: boolean;
}

/**
 * Puts the user in place of the person, or the lead, that a call of one names (requirements 40, 42): a main system keeps
 * whichever of the three ids it likes. A call that names its user, or takes none, stays as it is.
 */
export async function addressed(
  body: ReadBody,
  communication: AnyCommunication,
  botId: string,
  db: Database,
): Promise<Addressed | Refusal> {
  if (body instanceof BodyTooLarge || body instanceof NotJson || !takesUser(communication))
    return asItIs(body);
  const named = Named.safeParse(body.value);
  const inPlace = InPlace.safeParse(named.data?.script_request_params);
  if (!named.success || !inPlace.success) return asItIs(body);
  const { personId, leadId, ...rest } = named.data.script_request_params;
  // With both it stays open who is meant: left standing, they are told as names that are not known.
  if (personId !== undefined && leadId !== undefined) return asItIs(body);
  const present = await accountOf(db, botId, inPlace.data);
  const userId = present ?? (await formerAccountOf(db, botId, inPlace.data));
  if (userId === null) return refuse("user-not-found");
  const params = { ...rest, userId };
  const only = "leadId" in inPlace.data ? { leadIds: [inPlace.data.leadId], userId } : null;
  const value = { ...named.data, script_request_params: params };
  return { body: { ...body, value }, only, isFormer: present === null };
}

function asItIs(body: ReadBody): Addressed {
  return { body, only: null, isFormer: false };
}

/** Whether a communication is about one user: then a person or a lead may stand in place of them. */
export function takesUser({ params }: Pick<AnyCommunication, "params">): boolean {
  return params instanceof z.ZodObject && "userId" in params.shape && !("personId" in params.shape);
}
