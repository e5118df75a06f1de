import type { Audience } from "../../contract/call.ts";
import type { FoundChange, PersonChange } from "../../contract/person-change.ts";
import { isRefusal, type Refusal, refuse } from "../../contract/refusal.ts";
import { findChange, type MadeChange } from "../../schema/person-change.ts";
import type { House } from "../house.ts";
import { type CheckedCall, systemRefusal } from "./prepare.ts";

/** Whom a call tells, and what it changes, where it changes something. */
export interface Aim {
  readonly audience: Audience;
  readonly made: MadeChange | null;
}

/** What a change comes to that changes nothing. */
export const NO_CHANGE: FoundChange = { isChange: false, changed: [], leadIds: [] };

/** What a call changes of a user; `null` where its communication changes nothing. */
export function changeOf({ communication, params }: CheckedCall): PersonChange | null {
  return communication.change?.(params) ?? null;
}

/** Whom a call names that changes nothing. */
export function audienceOf({ communication, params, only }: CheckedCall): Audience {
  if (only) return only;
  if (!communication.audience) throw new Error(`${communication.alias} has neither an audience nor a change`);
  return communication.audience(params);
}

/**
 * Finds out whom a call tells and what it would change; nothing is written. A change is told in the chats that it
 * concerns, whoever they are to us by then; where there are none, the user themself stands in the ledger, so that
 * whoever calls sees why nobody was told.
 */
export async function aimOf(call: CheckedCall, house: House): Promise<Aim | Refusal> {
  const change = changeOf(call);
  if (!change) return { audience: audienceOf(call), made: null };
  const known = await findChange(house.db, call.bot.botId, change, house.now());
  const made = known ? { change, found: known } : await madeElsewhere(call, change, house);
  if (isRefusal(made)) return made;
  const { leadIds } = made.found;
  const audience = leadIds.length > 0 ? { leadIds, evenBarred: true } : { userIds: [change.userId] };
  return { audience, made };
}

/**
 * Of a user who never was in this bot: nothing changes here, as long as the main system knows them. But a block is
 * kept, and meets them when they come.
 */
async function madeElsewhere(
  { bot }: CheckedCall,
  change: PersonChange,
  house: House,
): Promise<MadeChange | Refusal> {
  const system = await house.system(bot);
  try {
    const user = await system.user({ userId: change.userId });
    if (!user) return refuse("user-not-found");
    return change.kind === "block"
      ? { change, found: { ...NO_CHANGE, isChange: true }, newcomer: user }
      : { change, found: NO_CHANGE };
  } catch (error) {
    return systemRefusal(error);
  }
}
