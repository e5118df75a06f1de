import { z } from "zod";
import { Id, idForWire } from "../../contract/id.ts";
import { decideLink, type LinkDecision } from "../../contract/linking.ts";
import { type Refusal, refuse } from "../../contract/refusal.ts";
import type { TriedPin } from "../../durable-objects/pin/pin.ts";
import { buidPin } from "../../durable-objects/pin/pin-name.ts";
import { ownerOfBuid } from "../../schema/buids.ts";
import { identityOf } from "../../schema/lead-identity.ts";
import { WireId } from "../call/responses.ts";
import { endpoint, type Reply, type SiteRequest } from "./endpoint.ts";
import { countGuess, countRight, evenOut } from "./guesses.ts";
import { finishLink, isMade, makeLink } from "./make-link.ts";
import { Buid, identityAnswer, linkedReply, Pin, wireIdentity } from "./shapes.ts";
import { tellEntered, tellPinOver } from "./tell.ts";

const Params = z.strictObject({
  buid: Buid,
  pin: Pin,
  userId: Id.nullish().describe("Who is signed in on the site; absent where nobody is"),
});

type Asked = SiteRequest<z.output<typeof Params>>;

/** `authorize`: the site asks whether the PIN is right that somebody typed, and who they are (requirements 45-51). */
export const authorize = endpoint({
  alias: "authorize",
  summary: "Check a PIN, and say who has come from the bot",
  description:
    "`linked`: sign them in as `userId`, or, where you named one, they were just linked to it. `already-linked`: to the user you named. `conflict`: to another one, `linkedUserId`; let the person choose, and call `link` with `relink` for the new one. `not-linked`: to nobody yet; look them up or register them, and call `link`. A wrong PIN is refused with `attemptsLeft`; an unknown BUID likewise.",
  example: { buid: "ZRvJxYsn6Vr2sQVQ", pin: "123456" },
  params: Params,
  answer: {
    status: z.enum(["linked", "already-linked", "conflict", "not-linked"]),
    userId: WireId.optional(),
    linkedUserId: WireId.optional(),
    ...identityAnswer,
  },
  isKept: true,

  async act(request: Asked): Promise<Reply> {
    const { bot, params, house, requestId } = request;
    const { buid, pin, userId = null } = params;
    const began = house.now();
    await countGuess(request);
    const tried = await house.pin(buidPin(bot.botId, buid)).try(pin, requestId);
    const isRight = tried.proof.kind === "right";
    const linked = isRight ? await ownerOfBuid(house.db, bot.botId, buid) : null;
    const decision = decideLink({ proof: tried.proof, linked }, { userId, relink: false });
    if (isRight) countRight(request);
    // The same request has linked them before it was cut short: it has only to be brought to its end.
    if (userId !== null && tried.leadId !== null && (await isMade(request, tried, userId)))
      return linkedReply(userId, await finishLink(request, { leadId: tried.leadId, userId }));
    if (decision.kind === "refuse") {
      await evenOut(began, request);
      return refusalOf(request, tried, decision);
    }
    return decision.kind === "link" ? link(request, tried, decision) : known(request, tried, decision);
  },
});

/** Links the person to the user who is signed in on the site. */
async function link(
  request: Asked,
  { leadId }: TriedPin,
  { userId, instead }: Extract<LinkDecision, { kind: "link" }>,
): Promise<Reply> {
  const { house, bot, params, requestId } = request;
  if (leadId === null) return refuse("pin-expired");
  const { buid } = params;
  const useUp = () => house.pin(buidPin(bot.botId, buid)).useUp(requestId);
  const decided = { buid, userId: instead };
  return linkedReply(userId, await makeLink(request, { leadId, userId, decided, useUp }));
}

/** Says who it is; nothing changes. */
async function known(
  request: Asked,
  { leadId }: TriedPin,
  decision: Exclude<LinkDecision, { kind: "refuse" | "link" }>,
): Promise<Reply> {
  const { house, bot } = request;
  const identity = leadId === null ? null : await identityOf(house.db, bot.botId, leadId);
  if (!identity) return refuse("pin-expired");
  const who = wireIdentity(identity);
  switch (decision.kind) {
    case "sign-in":
      await tellEntered(request, identity.leadId, decision.userId);
      return { status: "linked", userId: idForWire(decision.userId), ...who };
    case "already-linked":
      return { status: "already-linked", userId: idForWire(decision.userId), ...who };
    case "conflict":
      return { status: "conflict", linkedUserId: idForWire(decision.linkedUserId), ...who };
    case "not-linked":
      return { status: "not-linked", ...who };
  }
}

/** Where the PIN is over, a new one is offered in the chat; behind the answer, so that its time says nothing of that. */
function refusalOf(
  request: Asked,
  { proof, leadId, once }: TriedPin,
  { reason, attemptsLeft }: Extract<LinkDecision, { kind: "refuse" }>,
): Refusal & { readonly attemptsLeft?: number } {
  const why = proof.kind === "burnt" || proof.kind === "expired" ? proof.kind : null;
  if (why && leadId !== null && once !== null) request.afterwards(tellPinOver(request, leadId, why, once));
  return { ...refuse(reason), ...(attemptsLeft === undefined ? {} : { attemptsLeft }) };
}
