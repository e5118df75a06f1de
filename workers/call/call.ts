import type { BotProfile } from "../../contract/bot.ts";
import { BrokenData, SystemRefused, SystemUnavailable } from "../../contract/errors.ts";
import { isRefusal, type Refusal, refuse } from "../../contract/refusal.ts";
import type { AnyCommunication } from "../../dialogs/communication.ts";
import { carried } from "../../dialogs/step.ts";
import { acceptCall, type RecipientCounts } from "../../schema/audience.ts";
import type { House } from "../house.ts";

/** A call that was checked and is to be started. */
export interface CheckedCall {
  readonly callId: string;
  readonly bot: BotProfile;
  readonly tokenId: string;
  readonly communication: AnyCommunication;
  /** As the communication's `params` read them. */
  readonly params: unknown;
}

/** A call that was accepted. */
export interface Accepted {
  readonly callId: string;
  readonly recipients: RecipientCounts;
}

/**
 * Starts a communication: gets what its steps need, writes the call with all its recipients down, and sets the
 * broadcast going. Done again with the same `callId`, it goes on where it was.
 */
export async function startCall(call: CheckedCall, house: House): Promise<Accepted | Refusal> {
  const { callId, bot, communication, params, tokenId } = call;
  const data = await prepare(call, house);
  if (isRefusal(data)) return data;
  const { userIds } = communication.audience(params);
  const recipients = await acceptCall(house.db, {
    callId,
    botId: bot.botId,
    alias: communication.alias,
    tokenId,
    data,
    userIds,
    now: new Date(house.now()),
  });
  if (recipients.queued + recipients.paused > 0)
    await house.broadcast(callId).start({ callId, botId: bot.botId });
  return { callId, recipients };
}

/** What the communication's steps need, as JSON text. */
async function prepare({ bot, communication, params }: CheckedCall, house: House): Promise<string | Refusal> {
  // Outside of `try`: a bot whose secrets can't be opened is our failure, not data that is too large.
  const system = await house.system(bot);
  try {
    const data = await communication.prepare(params, system);
    return isRefusal(data) ? data : carried(data);
  } catch (error) {
    if (error instanceof SystemUnavailable) return refuse("system-unavailable");
    if (error instanceof SystemRefused) return refuse("system-refused");
    if (error instanceof BrokenData) return refuse("data-too-large");
    throw error;
  }
}
