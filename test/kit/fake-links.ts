import { pinFrom, tokenFrom } from "../../contract/derived.ts";
import { type PinProof, START_LINK_MS } from "../../contract/linking.ts";
import type { FormLink, LeadOfBot, Links } from "../../contract/ports.ts";
import { buidPin, leadCode, phoneCodes } from "../../durable-objects/pin/pin-name.ts";
import {
  type Issued,
  issuePin,
  type PinState,
  pinAt,
  tryPin,
  withoutPin,
} from "../../durable-objects/pin/pin-rules.ts";

/** What PINs and tokens are derived from, for want of a secret. */
const KEY = "a key for tests";

/** As `workers/links.ts` has them. */
const PINS_AN_HOUR = 10;
const CODES_AN_HOUR = 5;

/** A text that reached a phone. */
interface Sms {
  /** E.164. */
  readonly phone: string;
  readonly text: string;
}

/** What links need of the world around them. */
interface Setting {
  /** Milliseconds since 1970. */
  now(): number;
  /** Who is in a lead's chat: another name once somebody has left it, so that what was given out there ends. */
  whoIs(leadId: number): string;
  log(event: string): void;
}

/** A link that was given out in a chat. */
interface Given {
  readonly leadId: number;
  /** Who was in that chat. */
  readonly who: string;
}

/** A link from the site into the messenger. */
interface Start {
  readonly userId: string;
  expiresAt: number;
  takenBy: number | null;
}

/** Links between the messenger and the site, in memory: by the rules of the house, and with what the site does at its end. */
export class FakeLinks {
  /** What came to phones by SMS, in order. */
  readonly texts: Sms[] = [];
  /** The codes that were made, in order, whether or not they were sent: for who guesses right. */
  readonly codes: string[] = [];
  readonly #setting: Setting;
  readonly #pins = new Map<string, PinState>();
  readonly #buids = new Map<string, Given>();
  readonly #forms = new Map<string, Given & FormLink>();
  readonly #starts = new Map<string, Start>();
  #lost = 0;
  #attempts = 0;

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  /** The next texts do not leave the gateway. */
  fails(texts: number): void {
    this.#lost = texts;
  }

  /** The site makes a link into the messenger for a user, in place of the one before; its token. */
  startLink(userId: string): string {
    for (const link of this.#starts.values()) if (link.userId === userId) link.expiresAt = 0;
    const token = `start${this.#starts.size + 1}`.padEnd(32, "x");
    const expiresAt = this.#setting.now() + START_LINK_MS;
    this.#starts.set(token, { userId, expiresAt, takenBy: null });
    return token;
  }

  /** What the site is answered that has somebody with this BUID, who types this PIN. */
  triesPin(buid: string, pin: string): PinProof {
    this.#attempts += 1;
    const proof = this.#try(buidPin("1", buid), pin, `attempt ${this.#attempts}`);
    const given = this.#buids.get(buid);
    const isTheirs = given !== undefined && this.#setting.whoIs(given.leadId) === given.who;
    return proof.kind === "right" && !isTheirs ? { kind: "expired" } : proof;
  }

  /** Which lead's link this is, and for which page, as the site is told; `null` where it is not good any more. */
  identify(token: string): { readonly leadId: number; readonly path: string } | null {
    const form = this.#forms.get(token);
    if (!form || form.expiresAt <= this.#setting.now()) return null;
    const { leadId, path, who } = form;
    return this.#setting.whoIs(leadId) === who ? { leadId, path } : null;
  }

  /** The port to these links. */
  readonly port: Links = {
    open: async (lead, once) => {
      const buid = this.#buidOf(lead);
      const issued = this.#issue(buidPin(lead.botId, buid), lead, {
        pin: await pinFrom(KEY, once),
        once,
        mostAnHour: PINS_AN_HOUR,
      });
      return issued.kind === "opened" ? { ...issued, buid } : issued;
    },
    pin: (once) => pinFrom(KEY, once),
    openForm: async ({ leadId }, link, once) => {
      const who = this.#setting.whoIs(leadId);
      this.#forms.set(await tokenFrom(KEY, once), { ...link, leadId, who });
    },
    token: (once) => tokenFrom(KEY, once),
    take: async ({ leadId }, token) => {
      const link = this.#starts.get(token);
      if (link && link.takenBy !== null && link.takenBy !== leadId) return { kind: "used" };
      if (!link || link.expiresAt <= this.#setting.now()) return { kind: "expired" };
      link.takenBy = leadId;
      return { kind: "good", userId: link.userId };
    },
    openCode: async (lead, once) => {
      const pin = await pinFrom(KEY, once);
      this.codes.push(pin);
      return this.#issue(leadCode(lead), lead, { pin, once, mostAnHour: CODES_AN_HOUR }).kind;
    },
    sendCode: ({ botId }, lead, phone, text, once) => {
      const counted = this.#issue(phoneCodes(botId, phone), lead, {
        pin: "",
        once,
        mostAnHour: CODES_AN_HOUR,
      });
      if (counted.kind === "too-many") {
        this.#end(leadCode(lead), once);
        return this.#setting.log("sms-held-back");
      }
      this.#lost -= 1;
      if (this.#lost >= 0) return this.#setting.log("sms-not-sent");
      this.texts.push({ phone, text });
    },
    checkCode: async (lead, code, once) => this.#try(leadCode(lead), code, once),
  };

  /** One for whoever is in the chat, in all their chats. */
  #buidOf({ leadId }: LeadOfBot): string {
    const who = this.#setting.whoIs(leadId);
    const known = [...this.#buids].find(([, given]) => given.who === who);
    const buid = known?.[0] ?? `buid${this.#buids.size + 1}`.padEnd(16, "0");
    this.#buids.set(buid, { leadId, who });
    return buid;
  }

  #issue(
    name: string,
    { leadId }: LeadOfBot,
    { pin, ...given }: { readonly pin: string; readonly once: string; readonly mostAnHour: number },
  ): Issued {
    const hash = hashOf(name, pin);
    const { state, answer } = issuePin(this.#kept(name), { ...given, hash, leadId }, this.#setting.now());
    this.#pins.set(name, state);
    return answer;
  }

  #end(name: string, once: string): void {
    const state = this.#kept(name);
    if (state?.once === once) this.#pins.set(name, withoutPin(state));
  }

  #try(name: string, pin: string, attempt: string): PinProof {
    const tried = { hash: hashOf(name, pin), attempt };
    const { state, answer } = tryPin(this.#kept(name), tried, this.#setting.now());
    this.#pins.set(name, state);
    return answer;
  }

  #kept(name: string): PinState | null {
    const state = this.#pins.get(name);
    return state ? pinAt(state, this.#setting.now()) : null;
  }
}

function hashOf(name: string, pin: string): string {
  return `${name}\n${pin}`;
}
