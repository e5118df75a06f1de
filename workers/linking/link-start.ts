import { z } from "zod";
import { sha256 } from "../../contract/digest.ts";
import { Id } from "../../contract/id.ts";
import { START_LINK_MS } from "../../contract/linking.ts";
import { randomBase62 } from "../../contract/random.ts";
import { isRefusal } from "../../contract/refusal.ts";
import { keepStartLink } from "../../schema/link-token-store.ts";
import { WireTime } from "../call/responses.ts";
import { endpoint, type Reply } from "./endpoint.ts";
import { userOf } from "./make-link.ts";

/** Letters of a token: 190 bits. A start link may carry 64 (Bot API: deep linking). */
const TOKEN_LENGTH = 32;

/** `link/start`: a link by which a user of the site opens the bot and is linked by that, with no PIN. */
export const linkStart = endpoint({
  alias: "link/start",
  summary: "Make a link that connects a user's messenger",
  description:
    "Show it to that user alone, as a button and as a QR code: who opens it first is linked. It is good for ten minutes and for one chat; a new one ends the one before. Each call makes another one.",
  example: { userId: 127 },
  params: z.strictObject({ userId: Id.describe("Who is signed in on the site") }),
  answer: { url: z.url(), expiresAt: WireTime },
  isKept: false,

  async act({ house, bot, params: { userId } }): Promise<Reply> {
    const user = await userOf(bot, userId, house);
    if (isRefusal(user)) return user;
    const token = randomBase62(TOKEN_LENGTH);
    const now = house.now();
    const expiresAt = now + START_LINK_MS;
    await keepStartLink(house.db, {
      botId: bot.botId,
      userId: user.userId,
      hash: await sha256(token),
      now,
      expiresAt,
    });
    return { url: house.startLink(bot, token), expiresAt: new Date(expiresAt).toISOString() };
  },
});
