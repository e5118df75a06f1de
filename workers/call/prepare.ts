import type { BotProfile } from "../../contract/bot.ts";
import type { LeadAudience } from "../../contract/call.ts";
import { BrokenData, SystemRefused, SystemUnavailable } from "../../contract/errors.ts";
import type { FoundChange } from "../../contract/person-change.ts";
import { isRefusal, type Refusal, refuse } from "../../contract/refusal.ts";
import { carried } from "../../dialogs/closings.ts";
import { type AnyCommunication, NOBODY } from "../../dialogs/communication.ts";
import type { House } from "../house.ts";
import type { CallTimes } from "./call-body.ts";

/** A call that was checked and is to be made, or tried out. */
export interface CheckedCall extends CallTimes {
  readonly bot: BotProfile;
  readonly tokenId: string;
  readonly communication: AnyCommunication;
  /** As the communication's `params` read them. */
  readonly params: unknown;
  /** The one chat that is told, where the call named it in place of its user. */
  readonly only?: LeadAudience | null;
}

/** What the communication's steps need, as JSON text, or that nobody is to be told; it is read, and nothing is written. */
export async function prepare(
  { bot, communication, params }: CheckedCall,
  found: FoundChange,
  house: House,
): Promise<string | typeof NOBODY | Refusal> {
  // Outside of `try`: a bot whose secrets can't be opened is our failure, not data that is too large.
  // And asked anew: a call comes when something has just changed.
  const system = await house.system(bot, true);
  try {
    const data = await communication.prepare(params, system, found);
    return isRefusal(data) || data === NOBODY ? data : carried(data);
  } catch (error) {
    if (error instanceof BrokenData) return refuse("data-too-large");
    return systemRefusal(error);
  }
}

/** What the main system's "no", or its silence, is to the caller. @throws every other error, as it is */
export function systemRefusal(error: unknown): Refusal {
  if (error instanceof SystemUnavailable) return refuse("system-unavailable");
  if (error instanceof SystemRefused) return refuse("system-refused");
  throw error;
}
