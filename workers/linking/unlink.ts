import { z } from "zod";
import { usersDisconnectBot } from "../../communications/account/users-disconnect-bot.ts";
import { Id } from "../../contract/id.ts";
import { says } from "../../contract/problem.ts";
import { isRefusal, refuse } from "../../contract/refusal.ts";
import { closeBuid, formerUserOfBuid, ownerOfBuid } from "../../schema/buids.ts";
import { endStartLinksOf } from "../../schema/link-token-store.ts";
import { startCall, startedBefore } from "../call/call.ts";
import type { CheckedCall } from "../call/prepare.ts";
import { endpoint, type Reply, type SiteRequest } from "./endpoint.ts";
import { Buid } from "./shapes.ts";

const ONE_OF_BOTH = says({
  ru: "Укажите либо userId, либо buid",
  en: "Name either userId or buid",
});

/** `unlink`: the account and the bot part (requirement 55). The BUID is renewed, and what was given out for it ends. */
export const unlink = endpoint({
  alias: "unlink",
  summary: "Unlink a user from the bot",
  description:
    "Signs the user out in all their chats and tells them there; PINs and links that were given out are good no more. History stays. Unlinked again by `userId`, nothing happens; a BUID is another one by then, and the old one is refused with `link-expired`.",
  example: { userId: 127 },
  params: z
    .strictObject({ userId: Id.optional(), buid: Buid.optional() })
    .refine(({ userId, buid }) => (userId === undefined) !== (buid === undefined), ONE_OF_BOTH)
    .meta({ oneOf: [{ required: ["userId"] }, { required: ["buid"] }] }),
  answer: {},
  isKept: true,

  async act(request): Promise<Reply> {
    const { house, bot, params, requestId } = request;
    if (params.userId !== undefined) return signOut(request, params.userId);
    const { botId } = bot;
    const buid = params.buid ?? "";
    const owner = await ownerOfBuid(house.db, botId, buid);
    if (owner && owner.userId !== null) return signOut(request, owner.userId);
    if (owner) {
      await closeBuid(house.db, botId, buid, house.now());
      return {};
    }
    // This request may have ended it itself, and been cut short. But an old BUID is not taken for done: its account may
    // be linked under another one by now.
    const former = await formerUserOfBuid(house.db, botId, buid);
    const before = former && (await startedBefore(requestId, callOf(request, former), house));
    if (!before) return refuse("link-expired");
    return isRefusal(before) ? before : {};
  },
});

type Asked = Pick<SiteRequest<unknown>, "house" | "bot" | "token" | "requestId">;

async function signOut(asked: Asked, userId: string): Promise<Reply> {
  const { house, bot, requestId } = asked;
  // Also of a user who is not linked (yet): signing out ends those of whoever is.
  await endStartLinksOf(house.db, bot.botId, userId, house.now());
  const call = callOf(asked, userId);
  const started = (await startedBefore(requestId, call, house)) ?? (await startCall(requestId, call, house));
  return isRefusal(started) ? started : {};
}

function callOf({ bot, token }: Asked, userId: string): CheckedCall {
  const communication = usersDisconnectBot;
  return { bot, tokenId: token.id, communication, params: { userId }, sendAt: null, expiresAt: null };
}
