import { dialogsOfBot } from "../communications/bots.ts";
import { BrokenData } from "../contract/errors.ts";
import type { Calls } from "../contract/ports.ts";
import { isRefusal } from "../contract/refusal.ts";
import { startCall, startedBefore } from "./call/call.ts";
import type { CheckedCall } from "./call/prepare.ts";
import type { House } from "./house.ts";

/** What stands in the ledger as the token of calls that a dialog makes. */
const DIALOG = "dialog";

/** A call as a dialog asks for it. */
type Asked = Parameters<Calls["start"]>[0];

/** Calls, as conversations make them: by the way that those of the API go. */
export function callsFrom(house: House): Calls {
  return {
    find: (callId) => house.ledger.call(callId),
    async start(asked) {
      const call = await checkedCall(asked, house);
      const started =
        (await startedBefore(asked.callId, call, house)) ?? (await startCall(asked.callId, call, house));
      return isRefusal(started) ? started : null;
    },
  };
}

/**
 * The call in the shape of the API's. One that changes a user is not a dialog's to make: it is answered only once that
 * user's conversations know of it, and the one that waits for the answer may be among them.
 */
async function checkedCall({ botId, alias, params, sendAt }: Asked, house: House): Promise<CheckedCall> {
  const bot = await house.bots.find(botId);
  if (!bot) throw new BrokenData("A dialog of a bot that is gone");
  const communication = dialogsOfBot(botId).communications.find((one) => one.alias === alias);
  if (!communication) throw new BrokenData(`This bot has no communication ${alias}`);
  if (communication.change) throw new BrokenData(`A dialog can't make ${alias}: it changes a user`);
  const read = communication.params.safeParse(params);
  if (!read.success) throw new BrokenData(`The parameters of ${alias} have not its shape`);
  const later = sendAt !== null && sendAt > house.now() ? sendAt : null;
  return { bot, tokenId: DIALOG, communication, params: read.data, sendAt: later, expiresAt: null };
}
