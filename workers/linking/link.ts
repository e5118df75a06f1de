import { z } from "zod";
import { Id, idForWire } from "../../contract/id.ts";
import { decideLink } from "../../contract/linking.ts";
import { refuse } from "../../contract/refusal.ts";
import { buidPin } from "../../durable-objects/pin/pin-name.ts";
import { ownerOfBuid } from "../../schema/buids.ts";
import { WireId } from "../call/responses.ts";
import { endpoint, type Reply } from "./endpoint.ts";
import { finishLink, isMade, makeLink } from "./make-link.ts";
import { Buid, identityAnswer, linkedReply } from "./shapes.ts";

/** `link`: the site says which user it is, after a right PIN (requirements 49, 52). */
export const link = endpoint({
  alias: "link",
  summary: "Link a user with whoever has come from the bot",
  description:
    "Within 15 minutes after `authorize` found the PIN right, and once: for a user whom you have just registered or found, or, with `relink`, for one in the place of another.",
  example: { buid: "ZRvJxYsn6Vr2sQVQ", userId: 127 },
  params: z.strictObject({
    buid: Buid,
    userId: Id.describe("Whom to link"),
    relink: z.boolean().nullish().describe("Whether the person wants this account in the place of another"),
  }),
  answer: { status: z.literal("linked"), userId: WireId, ...identityAnswer },
  isKept: true,

  async act(request): Promise<Reply> {
    const { house, bot, params, requestId } = request;
    const { buid, userId, relink } = params;
    const pin = house.pin(buidPin(bot.botId, buid));
    const verified = await pin.verifiedLead(requestId);
    const linked = verified && (await ownerOfBuid(house.db, bot.botId, buid));
    // Once it is made, the BUID may be another's; then the request has only to be brought to its end.
    if (verified && (await isMade(request, verified, userId)))
      return linkedReply(userId, await finishLink(request, { leadId: verified.leadId, userId }));
    const proof = { kind: verified && linked ? "right" : "unverified" } as const;
    const decision = decideLink({ proof, linked }, { userId, relink: relink === true });
    if (decision.kind === "refuse") return refuse(decision.reason);
    if (decision.kind === "conflict")
      return { ...refuse("linked-to-another"), linkedUserId: idForWire(decision.linkedUserId) };
    if (!verified) throw new Error("A link was decided for without a right PIN");
    const decided = { buid, userId: linked?.userId ?? null };
    const useUp = () => pin.useUp(requestId);
    return linkedReply(userId, await makeLink(request, { leadId: verified.leadId, userId, decided, useUp }));
  },
});
