import { z } from "zod";
import { readInitData } from "../../channels/telegram/init-data.ts";
import { refuse } from "../../contract/refusal.ts";
import { openBuid } from "../../schema/buids.ts";
import { identityOf } from "../../schema/lead-identity.ts";
import { unsealed } from "../unsealed.ts";
import { endpoint, type Reply } from "./endpoint.ts";
import { identityAnswer, maybeUser, wireIdentity, wireUser } from "./shapes.ts";

/** Far more than Telegram sends. */
const LONGEST = 16 * 1024;

/** `miniapp/identify`: who has opened a page of the site inside Telegram. */
export const miniAppIdentify = endpoint({
  alias: "miniapp/identify",
  summary: "Say who has opened a page inside Telegram",
  description:
    "Checks `initData` (`Telegram.WebApp.initData`, or `tgWebAppData` of the address) with the bot's own token, and that it is not older than an hour.",
  example: { initData: "user=%7B%22id%22%3A127%7D&auth_date=1700000000&hash=0" },
  params: z.strictObject({ initData: z.string().min(1).max(LONGEST) }),
  answer: { ...maybeUser, ...identityAnswer },
  isKept: false,

  async act({ house, bot, params: { initData } }): Promise<Reply> {
    const token = await unsealed(bot.channelToken, house.sealingKey);
    const read = await readInitData(initData, token, house.now());
    if (!read) return refuse("init-data-invalid");
    const { botId } = bot;
    const lead = await house.directory.findLead({ botId, channel: "telegram", externalId: read.externalId });
    if (!lead) return refuse("lead-not-found");
    // With a BUID a stranger becomes a person, whom the site can keep.
    await openBuid(house.db, { botId, leadId: lead.leadId }, house.now());
    const identity = await identityOf(house.db, botId, lead.leadId);
    return identity ? { ...wireUser(identity), ...wireIdentity(identity) } : refuse("lead-not-found");
  },
});
