import type { BotProfile } from "../../contract/bot.ts";
import type { AcceptedCall } from "../../contract/call.ts";
import type { Delivery, Outcome, RecordMessage } from "../../contract/delivery.ts";
import { BrokenData } from "../../contract/errors.ts";
import type { ChatAddress, LeadProfile } from "../../contract/lead.ts";
import type { FoundChange, PersonChange } from "../../contract/person-change.ts";
import type { Calls } from "../../contract/ports.ts";
import { isRefusal, type Refusal, refuse } from "../../contract/refusal.ts";
import { type AnyCommunication, NOBODY } from "../../dialogs/communication.ts";
import type { Dialogs } from "../../dialogs/dialogs.ts";
import type { TalkPorts } from "../../durable-objects/conversation/ports.ts";
import { Clock } from "./clock.ts";
import { Crashes } from "./crashes.ts";
import { FakeDirectory } from "./fake-directory.ts";
import { FakeLinks } from "./fake-links.ts";
import { FakeSystem } from "./fake-system.ts";
import { Person, type PersonFacts } from "./person.ts";
import { toldBy } from "./told-by.ts";

const testBot: BotProfile = {
  botId: "1",
  username: "test_bot",
  locale: "ru",
  siteUrl: "https://site.test",
  channelToken: "sealed",
  systemUrl: "https://site.test/api",
  systemToken: "sealed",
  timeZone: "Europe/Moscow",
  perSecond: 30,
  paidBroadcast: false,
  perPersonDaily: null,
  quietHours: null,
  sms: { gateway: "emulator", credentials: "" },
};

/** What a call came to: why not, or the outcome of each user, or chat ("lead 1"), and what the caller is answered. */
export type CallResult =
  | Refusal
  | {
      readonly outcomes: ReadonlyMap<string, Outcome>;
      /** Of a communication that answers more than `success`. */
      readonly answer?: Readonly<Record<string, unknown>>;
    };

/** Of a call that changes nothing. */
const NOTHING_FOUND: FoundChange = { isChange: false, changed: [], leadIds: [] };

/**
 * A small world for the tests of communications: people with phones, a main system, a clock, and the real machinery
 * of conversations between them.
 */
export class World {
  readonly clock = new Clock();
  readonly system = new FakeSystem();
  readonly directory = new FakeDirectory();
  readonly crashes = new Crashes();
  readonly links = new FakeLinks({
    now: this.clock.now,
    whoIs: (leadId) => this.directory.whoIs(leadId),
    log: (event) => void this.logged.push(event),
  });
  /** The bot's settings; a test may renew them. */
  bot = testBot;
  /** What conversations reported to the ledger by themselves, in order. */
  readonly reported: RecordMessage[] = [];
  /** Calls by their ids, as conversations find them; a test may cancel one. */
  readonly calls = new Map<string, Pick<AcceptedCall, "alias" | "data" | "critical" | "state">>();
  /** Calls that dialogs made for later, and when they are to begin. */
  readonly planned: { readonly alias: string; readonly params: unknown; readonly sendAt: number }[] = [];
  /** Events that were logged. */
  readonly logged: string[] = [];
  #dialogs: Dialogs;
  readonly #people: Person[] = [];
  /** Deliveries that are to be handed over again, and when. */
  #waiting: { readonly at: number; readonly delivery: Delivery }[] = [];
  readonly #begun = new Set<string>();
  readonly #later: (() => Promise<unknown>)[] = [];
  #calls = 0;
  #runs = 0;

  constructor(dialogs: Dialogs) {
    this.#dialogs = dialogs;
  }

  /** What the bot says. */
  get dialogs(): Dialogs {
    return this.#dialogs;
  }

  /** From now on the bot says this. */
  deploys(dialogs: Dialogs): void {
    this.#dialogs = dialogs;
  }

  /** A person with a phone, who has not written to the bot yet. */
  person(facts: Partial<PersonFacts> = {}): Person {
    const externalId = String(this.#people.length + 1);
    const person = new Person(
      { firstName: "Алиса", language: "ru", phone: "+79187777777", ...facts },
      externalId,
      this,
    );
    this.#people.push(person);
    return person;
  }

  /**
   * The main system calls an endpoint: what the call changes is made, and everybody whom it tells and who has the bot
   * gets the communication.
   */
  async call(alias: string, params: unknown): Promise<CallResult> {
    this.#calls += 1;
    return this.#start(`call-${this.#calls}`, alias, params);
  }

  async #start(callId: string, alias: string, params: unknown): Promise<CallResult> {
    const communication = this.#communication(alias);
    const read = communication.params.parse(params);
    const change = communication.change?.(read);
    const known = change ? this.directory.findChange(change, this.clock.now()) : NOTHING_FOUND;
    if (!known && !(await this.system.port.user({ userId: change?.userId ?? "" })))
      return refuse("user-not-found");
    const found = known ?? NOTHING_FOUND;
    const data = await communication.prepare(read, this.system.port, found);
    if (isRefusal(data)) return data;
    if (change) await this.#learn(change);
    const outcomes = new Map<string, Outcome>();
    const answer = communication.answer ? { answer: communication.answer(found) } : {};
    if (data === NOBODY) return { outcomes, ...answer };
    const { critical } = communication;
    const now = this.clock.now();
    this.calls.set(callId, { alias, data: JSON.stringify(data), critical, state: "running" });
    for (const [seq, { userId, leads, name }] of toldBy(communication, this.directory, {
      read,
      found,
      now,
    }).entries()) {
      outcomes.set(name, { state: "unlinked" });
      for (const lead of leads) {
        const call = { callId, seq, userId, alias, data: JSON.stringify(data), critical };
        outcomes.set(name, await this.#hand(this.delivery(call, lead)));
      }
    }
    return { outcomes, ...answer };
  }

  async #learn(change: PersonChange): Promise<void> {
    for (const news of this.directory.makeChange(change)) {
      await this.#people.find(({ externalId }) => externalId === news.address.externalId)?.learns(news);
    }
  }

  /** A delivery as the queue brings it: due at once, for the first time. */
  delivery(
    call: Pick<Delivery, "callId" | "seq" | "userId" | "alias" | "data" | "critical">,
    { address, profile }: { readonly address: ChatAddress; readonly profile: LeadProfile },
  ): Delivery {
    const now = this.clock.now();
    return {
      ...call,
      address,
      lead: profile,
      bot: this.bot,
      until: Number.MAX_SAFE_INTEGER,
      expiresAt: null,
      attempt: 0,
      since: now,
    };
  }

  /** Moves the clock, and wakes whoever has something to do by then, at their time. */
  async passes(ms: number): Promise<void> {
    const until = this.clock.now() + ms;
    for (;;) {
      const wakes = this.#people.map((person) => person.dueAt());
      const due = [...wakes, ...this.#waiting.map(({ at }) => at)].filter(
        (time) => time !== null && time <= until,
      );
      if (due.length === 0) break;
      this.clock.move(Math.max(0, Math.min(...due.map(Number)) - this.clock.now()));
      for (const person of this.#people) await person.wakes();
      await this.#handAgain();
    }
    this.clock.move(until - this.clock.now());
  }

  /** Hands a delivery over; one of which nothing left comes again, as from a broadcast. */
  async #hand(delivery: Delivery): Promise<Outcome> {
    const person = this.#people.find(({ externalId }) => externalId === delivery.address.externalId);
    if (!person) throw new Error("There is nobody with this chat");
    const { outcome, again, isFailure } = await person.isToldOf(delivery);
    if (again !== undefined) {
      const attempt = isFailure ? delivery.attempt + 1 : delivery.attempt;
      this.#waiting.push({ at: again, delivery: { ...delivery, attempt } });
    } else if (delivery.since < this.clock.now()) {
      const { callId, seq } = delivery;
      this.reported.push({ kind: "outcome", botId: "1", callId, seq, outcome, at: this.clock.now() });
    }
    return outcome;
  }

  async #handAgain(): Promise<void> {
    const due = this.#waiting.filter(({ at }) => at <= this.clock.now());
    this.#waiting = this.#waiting.filter(({ at }) => at > this.clock.now());
    for (const { delivery } of due) await this.#hand(delivery);
  }

  /** The world as one person's conversation reaches it. */
  ports(person: Person): TalkPorts {
    const process = {};
    const around = <Port extends object>(port: Port) => this.crashes.around(port, process);
    const channel = around(person.phone.port);
    const system = around(this.system.port);
    const records = {
      send: async (messages: readonly RecordMessage[]) => this.#takes(messages),
    };
    return {
      directory: around(this.directory.port),
      bots: { find: async () => this.bot },
      records: around(records),
      calls: around(this.#callsPort()),
      links: around(this.links.port),
      log: (event) => void this.logged.push(event),
      pace: () => around({ take: async () => 0, slowDown: async () => {} }),
      dialogs: () => this.#dialogs,
      channel: async (profile) => this.#unsealed(profile, channel),
      system: async () => system,
      now: this.clock.now,
      newRunId: () => {
        this.#runs += 1;
        return `run${this.#runs}`;
      },
    };
  }

  /** Takes what a conversation reports; who was active is for the directory to know, as in the house. */
  #takes(messages: readonly RecordMessage[]): void {
    this.reported.push(...messages);
    for (const message of messages)
      if (message.kind === "activity") this.directory.hears(message.leadId, message.at);
  }

  /** Calls as dialogs reach them: one that a dialog makes is begun when the dialog's turn is over. */
  #callsPort(): Calls {
    return {
      find: async (callId) => {
        const call = this.calls.get(callId);
        const rest = { callId, botId: "1", sendAt: null, expiresAt: null, isResolving: false };
        return call ? { ...call, ...rest } : null;
      },
      start: async ({ callId, alias, params, sendAt }) => {
        if (this.calls.has(callId) || this.#begun.has(callId)) return null;
        this.#begun.add(callId);
        if (sendAt !== null) this.planned.push({ alias, params, sendAt });
        else this.#later.push(() => this.#start(callId, alias, params));
        return null;
      },
    };
  }

  /** Begins the calls that dialogs have made. */
  async settles(): Promise<void> {
    for (let next = this.#later.shift(); next; next = this.#later.shift()) await next();
  }

  /** Secrets that were sealed with another key than today's do not open. */
  #unsealed<T>({ channelToken }: BotProfile, opened: T): T {
    if (channelToken !== this.bot.channelToken) throw new BrokenData("Sealed with a key of before");
    return opened;
  }

  #communication(alias: string): AnyCommunication {
    const found = this.#dialogs.communications.find((communication) => communication.alias === alias);
    if (!found) throw new Error(`This bot has no communication ${alias}`);
    return found;
  }
}
