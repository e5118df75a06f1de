import type { BotProfile } from "../../contract/bot.ts";
import type { LeadOfBot, Links } from "../../contract/ports.ts";
import type { ChatLinks } from "../../dialogs/link-play.ts";

/** Links between the messenger and the site, for one lead. */
export function linksOf(links: Links, lead: LeadOfBot, bot: BotProfile): ChatLinks {
  return {
    open: (once) => links.open(lead, once),
    pin: (once) => links.pin(once),
    openForm: (link, once) => links.openForm(lead, link, once),
    token: (once) => links.token(once),
    take: (token) => links.take(lead, token),
    openCode: (once) => links.openCode(lead, once),
    sendCode: (phone, text, once) => links.sendCode(bot, lead, phone, text, once),
    checkCode: (code, once) => links.checkCode(lead, code, once),
  };
}
