import type { BotProfile } from "../contract/bot.ts";
import { pinFrom, tokenFrom } from "../contract/derived.ts";
import { sha256 } from "../contract/digest.ts";
import { errorFacts } from "../contract/errors.ts";
import type { LeadOfBot, Links } from "../contract/ports.ts";
import { buidPin, leadCode, phoneCodes } from "../durable-objects/pin/pin-name.ts";
import type { Issued } from "../durable-objects/pin/pin-rules.ts";
import { openBuid } from "../schema/buids.ts";
import { keepFormLink, takeStartLink } from "../schema/link-token-store.ts";
import type { House } from "./house.ts";

/** PINs that one BUID gets an hour: a person who mistypes all the time needs less, and five guesses at each are few. */
const PINS_AN_HOUR = 10;
/** Codes that one chat may ask for an hour, and that go to one phone: each is a text that somebody pays for. */
const CODES_AN_HOUR = 5;

/** What links are made of. */
type Parts = Pick<House, "db" | "pin" | "sms" | "log" | "sealingKey" | "now">;

/** Links between the messenger and the site. */
export function linksFrom(house: Parts): Links {
  const { db, pin, log, sealingKey, now } = house;
  const pinOf = (once: string) => pinFrom(sealingKey, once);
  const issue = async (name: string, { leadId }: LeadOfBot, once: string, mostAnHour: number) =>
    pin(name).issue({ pin: await pinOf(once), once, leadId, mostAnHour });
  async function send(bot: BotProfile, lead: LeadOfBot, phone: string, text: string, once: string) {
    const counted = await issue(phoneCodes(bot.botId, phone), lead, once, CODES_AN_HOUR);
    if (counted.kind === "opened") return (await house.sms(bot))?.send(phone, text);
    // Left good, a code that nobody has could be guessed at from one chat after the other.
    await pin(leadCode(lead)).end(once);
    log("sms-held-back", { botId: bot.botId });
  }
  return {
    async open(lead, once) {
      const buid = await openBuid(db, lead, now());
      const issued: Issued = await issue(buidPin(lead.botId, buid), lead, once, PINS_AN_HOUR);
      return issued.kind === "opened" ? { ...issued, buid } : issued;
    },
    pin: pinOf,
    async openForm(lead, link, once) {
      // With a BUID a stranger becomes a person, whom the site can keep.
      await openBuid(db, lead, now());
      const hash = await sha256(await tokenFrom(sealingKey, once));
      await keepFormLink(db, lead, link, hash, now());
    },
    token: (once) => tokenFrom(sealingKey, once),
    take: async (lead, token) => takeStartLink(db, lead, await sha256(token), now()),
    async openCode(lead, once) {
      return (await issue(leadCode(lead), lead, once, CODES_AN_HOUR)).kind;
    },
    sendCode(bot, lead, phone, text, once) {
      // Nobody waits for it: how long it takes would tell whoever asks whether there is such a user.
      void send(bot, lead, phone, text, once).catch((error: unknown) =>
        log("sms-not-sent", { botId: bot.botId, ...errorFacts(error) }),
      );
    },
    async checkCode(lead, code, once) {
      return (await pin(leadCode(lead)).try(code, once)).proof;
    },
  };
}
