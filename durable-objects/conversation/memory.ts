import type { BotProfile } from "../../contract/bot.ts";
import type { Delivery } from "../../contract/delivery.ts";
import { BrokenData } from "../../contract/errors.ts";
import type { Sender } from "../../contract/inbound.ts";
import { type ChatAddress, LeadProfile } from "../../contract/lead.ts";
import type { Channel, MainSystem } from "../../contract/ports.ts";
import { languageOf } from "../../contract/words.ts";
import type { Facts } from "./facts.ts";
import type { TalkPorts } from "./ports.ts";

/** How long a bot's settings are taken for fresh. */
const BOT_FRESH_MS = 10 * 60 * 1000;
/** And who is spoken with: whoever changed that tells the conversation, but may have died before. */
const LEAD_FRESH_MS = 10 * 60 * 1000;

/** A bot with its messenger and its main system, ready to use. */
export interface OpenBot {
  readonly profile: BotProfile;
  readonly channel: Channel;
  readonly system: MainSystem;
}

/** What comes with a delivery, so that a conversation that knows nobody yet need not ask. */
export type Lent = Pick<Delivery, "address" | "lead" | "bot">;

/** Who is spoken with and through which bot: known by heart, asked from the directory only where that is needed. */
export class Memory {
  readonly #facts: Facts;
  readonly #ports: TalkPorts;
  #open: { readonly of: string; readonly bot: OpenBot } | null = null;
  #lent: (Lent & { readonly at: number }) | null = null;
  /** When this process last asked who is spoken with; milliseconds since 1970. */
  #leadReadAt = Number.NEGATIVE_INFINITY;

  constructor(facts: Facts, ports: TalkPorts) {
    this.#facts = facts;
    this.#ports = ports;
  }

  /** Takes what came with a delivery. What the conversation knows itself goes before it. */
  lend(lent: Lent): void {
    this.#lent = { ...lent, at: this.#ports.now() };
  }

  /** Keeps which chat this is, for the time when nobody says it: before the conversation is to wake by itself. */
  keepAddress(address: ChatAddress = this.address()): void {
    if (!this.#facts.get("address")) this.#facts.set("address", address);
  }

  /** Which chat this is. @throws BrokenData before the first update or delivery. */
  address(): ChatAddress {
    const address = this.#facts.get("address") ?? this.#lent?.address;
    if (!address) throw new BrokenData("A conversation that nobody began");
    return address;
  }

  /** Whose conversation it is, for every line of its log; `null` what it does not know. */
  ids(): { readonly botId: string | null; readonly leadId: number | null } {
    const address = this.#facts.get("address") ?? this.#lent?.address;
    const lead = this.#facts.get("lead") ?? this.#lent?.lead;
    return { botId: address?.botId ?? null, leadId: lead?.leadId ?? null };
  }

  /** The lead, made at the first message; asked again when their language has changed. */
  async leadOf(sender: Sender): Promise<LeadProfile> {
    const known = this.#facts.get("lead");
    const language = languageOf(sender.languageCode, known?.language ?? (await this.bot()).profile.locale);
    if (known && known.language === language) return known;
    return this.keep(await this.#ports.directory.lead(this.address(), sender, language));
  }

  /** The lead that is spoken with. @throws BrokenData where nobody ever wrote from this chat. */
  async lead(): Promise<LeadProfile> {
    const known = this.knownLead();
    if (known) return known;
    const found = await this.#ports.directory.findLead(this.address());
    if (!found) throw new BrokenData("A delivery to a chat that nobody wrote from");
    return this.keep(found);
  }

  /** The lead, as far as this conversation knows them without asking. */
  knownLead(): LeadProfile | null {
    return this.#facts.get("lead") ?? this.#lent?.lead ?? null;
  }

  /** The bot's settings, as far as they are known without asking. */
  knownBot(): BotProfile | null {
    return this.#lentBot() ?? this.#facts.get("bot")?.profile ?? null;
  }

  /** Whether this user is signed in here; `null` is whoever is in the chat. */
  async isFor(userId: string | null): Promise<boolean> {
    return userId === null || (await this.lead()).person?.userId === userId;
  }

  /** Keeps the lead, whoever says it. */
  keep(lead: LeadProfile): LeadProfile {
    const kept = this.#asKept(lead);
    this.#facts.set("lead", kept);
    return kept;
  }

  /** A pause that is past, and that this conversation knows nothing of, is over here: the database keeps its time. */
  #asKept(lead: LeadProfile): LeadProfile {
    const isPast = lead.pausedUntil !== null && lead.pausedUntil <= this.#ports.now();
    const isOver = isPast && (this.knownLead()?.pausedUntil ?? null) === null;
    return LeadProfile.parse(isOver ? { ...lead, pausedUntil: null } : lead);
  }

  /** The bot, ready to use. */
  async bot(): Promise<OpenBot> {
    const profile = this.knownBot() ?? (await this.#readBot());
    const of = JSON.stringify(profile);
    if (this.#open?.of === of) return this.#open.bot;
    const bot = await this.#openBot(profile);
    this.#open = { of, bot };
    return bot;
  }

  /** The settings that came with a delivery, as long as they are fresh. */
  #lentBot(): BotProfile | undefined {
    return this.#lent && this.#ports.now() - this.#lent.at < BOT_FRESH_MS ? this.#lent.bot : undefined;
  }

  /** Opens the bot's secrets. Where they were sealed with a key of before, its settings are read once more. */
  async #openBot(profile: BotProfile): Promise<OpenBot> {
    const kind = this.address().channel;
    const open = async (of: BotProfile) => {
      const [channel, system] = await Promise.all([this.#ports.channel(of, kind), this.#ports.system(of)]);
      return { profile: of, channel, system };
    };
    try {
      return await open(profile);
    } catch (error) {
      if (!(error instanceof BrokenData)) throw error;
      return open(await this.#readBot());
    }
  }

  /** Reads the bot's settings again where they are no longer fresh: after an answer, not on the way to it. */
  async refreshBot(): Promise<void> {
    const known = this.#facts.get("bot");
    if (known && this.#ports.now() - known.readAt > BOT_FRESH_MS) await this.#readBot();
  }

  /** The lead as the database has it, where that is to be asked again and is another than is known here; else `null`. */
  async changedLead(): Promise<LeadProfile | null> {
    const known = this.#facts.get("lead");
    const now = this.#ports.now();
    if (!known || now - this.#leadReadAt < LEAD_FRESH_MS) return null;
    this.#leadReadAt = now;
    const found = await this.#ports.directory.findLead(this.address());
    return found && JSON.stringify(this.#asKept(found)) !== JSON.stringify(known) ? found : null;
  }

  async #readBot(): Promise<BotProfile> {
    const profile = await this.#ports.bots.find(this.address().botId);
    if (!profile) throw new BrokenData("A conversation of a bot that is gone");
    this.#facts.set("bot", { profile, readAt: this.#ports.now() });
    if (this.#lent) this.#lent = { ...this.#lent, bot: profile };
    return profile;
  }
}
