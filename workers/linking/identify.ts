import { z } from "zod";
import { sha256 } from "../../contract/digest.ts";
import { refuse } from "../../contract/refusal.ts";
import { identityOf } from "../../schema/lead-identity.ts";
import { findFormLink } from "../../schema/link-token-store.ts";
import { endpoint, type Reply } from "./endpoint.ts";
import { identityAnswer, maybeUser, wireIdentity, wireUser } from "./shapes.ts";

/** Longer ones are a mistake of the caller. */
const LONGEST = 128;

/** `identify`: who has opened a link without a PIN (requirement 53). */
export const identify = endpoint({
  alias: "identify",
  summary: "Say who has opened a link that asks for no PIN",
  description:
    "For forms that hurt nobody who fills them in for somebody else: whoever has the link is taken for the person. `path` is the page that the link was made for: take it for no other. Good for an hour at the most, as often as the page is loaded.",
  example: { token: "0123456789abcdefghijklmnopqrstuv" },
  params: z.strictObject({ token: z.string().min(1).max(LONGEST).describe("The `token` of the link") }),
  answer: { ...maybeUser, ...identityAnswer, path: z.string() },
  isKept: false,

  async act({ house, bot: { botId }, params: { token } }): Promise<Reply> {
    const found = await findFormLink(house.db, botId, await sha256(token), house.now());
    const identity = found && (await identityOf(house.db, botId, found.leadId));
    if (!found || identity?.personId == null) return refuse("link-expired");
    return { ...wireUser(identity), ...wireIdentity(identity), path: found.path };
  },
});
