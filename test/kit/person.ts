import type { Delivery, Handed } from "../../contract/delivery.ts";
import type { Act, Inbound } from "../../contract/inbound.ts";
import type { LeadNews } from "../../contract/person-change.ts";
import type { Language } from "../../contract/words.ts";
import { Talk } from "../../durable-objects/conversation/talk.ts";
import { FakeChannel, type Shown } from "./fake-channel.ts";
import { nodeSql } from "./node-sql.ts";
import type { World } from "./world.ts";

/** Who a person of a test is. */
export interface PersonFacts {
  readonly firstName: string;
  readonly language: Language;
  /** E.164. */
  readonly phone: string;
}

/** Longest a crash may keep somebody waiting: the alarm that is set for safety. */
const SAFETY_MS = 10_000;

/** A person with a phone: what they type and tap, and what they see. */
export class Person {
  readonly phone = new FakeChannel();
  readonly externalId: string;
  readonly facts: PersonFacts;
  readonly #world: World;
  readonly #sql = nodeSql();
  #talk: Talk | null = null;
  #updates = 0;

  constructor(facts: PersonFacts, externalId: string, world: World) {
    this.facts = facts;
    this.externalId = externalId;
    this.#world = world;
  }

  /** The texts of all messages from the bot, oldest first. */
  get sees(): readonly string[] {
    return this.phone.shown.map(({ text }) => text);
  }

  /** The last message from the bot. */
  get last(): Shown {
    const last = this.phone.shown.at(-1);
    if (!last) throw new Error("The bot has not written yet");
    return last;
  }

  /** Types a text, or a command such as "/menu". */
  types(text: string): Promise<void> {
    this.phone.newMessageId();
    const [, name, argument = ""] = /^\/(\w+)\s*(.*)$/.exec(text) ?? [];
    return this.does(name ? { kind: "command", name, argument } : { kind: "text", text });
  }

  /** Replies to a message of the bot. */
  replies(to: Shown, text: string): Promise<void> {
    this.phone.newMessageId();
    return this.does({ kind: "text", text, replyTo: to.messageId });
  }

  /** Taps the newest button of this label; `on` chooses the message. */
  async taps(label: string, on?: Shown): Promise<void> {
    const messages = on ? [on] : this.phone.shown.toReversed();
    const button = messages
      .flatMap(({ buttons }) => buttons)
      .find((one) => one.label === label && "data" in one);
    if (!button || !("data" in button)) throw new Error(`There is no button "${label}"`);
    await this.does({ kind: "tap", tapId: `tap${this.#updates}`, data: button.data });
  }

  /** Shares a phone number: their own, or that of somebody else. */
  sharesContact(phone: string = this.facts.phone): Promise<void> {
    return this.does({ kind: "contact", phone, own: phone === this.facts.phone });
  }

  /** Signs in by phone; the main system must know it. */
  async signsIn(): Promise<void> {
    await this.types("/start");
    await this.sharesContact();
  }

  /** Does something; the update comes `times` times, as after lost answers. */
  async does(act: Act, times = 1): Promise<void> {
    this.#updates += 1;
    await this.isHeard({ updateId: this.#updates, sender: this.#sender(), act }, times);
  }

  /** An update of theirs arrives, with whatever number. */
  async isHeard(update: Inbound, times = 1): Promise<void> {
    for (let time = 0; time < times; time += 1) this.#conversation().take(this.#address(), update);
    await this.wakes();
  }

  /**
   * Their conversation is handed a delivery, as the queue does: again where a crash left it without an answer.
   * @param isAwaited whether whoever hands it over still waits for the answer
   */
  async isToldOf(delivery: Delivery, isAwaited: () => boolean = () => true): Promise<Handed> {
    for (;;) {
      const begun = await this.#unlessCrashed(async (talk) => {
        const handed = await talk.begin(delivery, { isAwaited, begins: () => {} });
        await talk.tell();
        return handed;
      });
      if (begun !== "crashed") return begun;
      await this.#recovers();
    }
  }

  /** Their conversation takes over what a call changed. */
  async learns(news: LeadNews): Promise<void> {
    await this.#unlessCrashed((talk) => talk.learn(news));
  }

  /** Their conversation works off what is due. */
  async wakes(): Promise<void> {
    while ((await this.#unlessCrashed((talk) => talk.work())) === "crashed") await this.#recovers();
  }

  /** The process with their conversation is gone; the next deed finds the rows. */
  crashes(): void {
    this.#talk = null;
  }

  /** When their conversation is to be woken next; milliseconds since 1970. */
  dueAt(): number | null {
    return this.#conversation().nextDue();
  }

  /** Rows that their conversation keeps, by table. */
  rows(table: "inbox" | "runs" | "deliveries" | "reminders" | "kept"): number {
    return Number(this.#sql.exec(`SELECT count(*) AS n FROM ${table}`)[0]?.n);
  }

  /** Steps that were begun and are not through. */
  begunSteps(): number {
    return Number(this.#sql.exec("SELECT count(*) AS n FROM runs WHERE log IS NOT NULL")[0]?.n);
  }

  /** Rows that their conversation has written so far: each is paid for. */
  written(): number {
    return Number(this.#sql.exec("SELECT total_changes() AS n")[0]?.n);
  }

  async #unlessCrashed<T>(work: (talk: Talk) => Promise<T>): Promise<T | "crashed"> {
    const { crashes } = this.#world;
    return Promise.race([work(this.#conversation()), crashes.crashed]);
  }

  /** A new conversation on the rows of the one that crashed. */
  async #recovers(): Promise<void> {
    this.#world.crashes.crashed = new Promise(() => {});
    this.#talk = null;
    this.#world.clock.move(SAFETY_MS);
  }

  #conversation(): Talk {
    this.#talk ??= new Talk(this.#sql, this.#world.ports(this));
    return this.#talk;
  }

  #address() {
    return { botId: "1", channel: "telegram", externalId: this.externalId } as const;
  }

  #sender() {
    const { firstName, language } = this.facts;
    return { externalId: this.externalId, firstName, languageCode: language };
  }
}
