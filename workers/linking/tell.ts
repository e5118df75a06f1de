import { dialogsOfBot } from "../../communications/bots.ts";
import { sha256 } from "../../contract/digest.ts";
import { errorFacts } from "../../contract/errors.ts";
import { isRefusal } from "../../contract/refusal.ts";
import { identityOf } from "../../schema/lead-identity.ts";
import { userLeftBy } from "../../schema/left-user.ts";
import { hasOtherLead } from "../../schema/other-leads.ts";
import { startCall } from "../call/call.ts";
import type { SiteRequest } from "./endpoint.ts";

/** Who asked, and under which name. */
type Asked = Pick<SiteRequest<unknown>, "bot" | "token" | "house" | "requestId">;

/** Tells a chat that it is linked, and the other chats of that user that there is one more. Told again, it is told once. */
export async function tellLinked(
  asked: Asked,
  { leadId, userId }: { readonly leadId: number; readonly userId: string },
): Promise<void> {
  const { house, bot, requestId } = asked;
  const leftUserId = await userLeftBy(house.db, leadId);
  await tell(asked, "account/linked", { leadIds: [leadId], userId, leftUserId }, requestId);
  if (!(await hasOtherLead(house.db, leadId))) return;
  const leadName = (await identityOf(house.db, bot.botId, leadId))?.leadName ?? "";
  const params = { userId, newLeadId: leadId, leadName };
  await tell(asked, "account/another-chat", params, `${requestId}/others`);
}

/** Tells a chat that the site has signed its user in. */
export async function tellEntered(asked: Asked, leadId: number, userId: string): Promise<void> {
  await tell(asked, "account/site-entered", { leadIds: [leadId], userId }, asked.requestId);
}

/** Offers a new PIN in the chat of one that is over; once for each. @param once the name that it was given out under */
export async function tellPinOver(
  asked: Asked,
  leadId: number,
  why: "burnt" | "expired",
  once: string,
): Promise<void> {
  await tell(asked, "account/pin-over", { leadIds: [leadId], why }, `pin-over/${once}`);
}

/** Starts a communication that has no endpoint. What was linked stays linked where that fails. */
async function tell(
  { house, bot, token }: Asked,
  alias: string,
  params: object,
  name: string,
): Promise<void> {
  try {
    const communication = dialogsOfBot(bot.botId).communications.find((one) => one.alias === alias);
    if (!communication) throw new Error(`This bot has no communication ${alias}`);
    const call = {
      bot,
      tokenId: token.id,
      communication,
      params: communication.params.parse(params),
      sendAt: null,
      expiresAt: null,
    };
    const started = await startCall(await callIdOf(name), call, house);
    if (isRefusal(started)) house.log("link-not-told", { alias, refused: started.refused });
  } catch (error) {
    house.log("link-not-told", { alias, ...errorFacts(error) });
  }
}

/** An id in the shape of a call's: the same name is the same call. */
async function callIdOf(name: string): Promise<string> {
  const hash = await sha256(name);
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    hash.slice(12, 16),
    hash.slice(16, 20),
    hash.slice(20, 32),
  ].join("-");
}
