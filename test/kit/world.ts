import type { BotProfile } from "../../contract/bot.ts";
import type { Delivery, Outcome, RecordMessage } from "../../contract/delivery.ts";
import { BrokenData } from "../../contract/errors.ts";
import type { ChatAddress, LeadProfile } from "../../contract/lead.ts";
import { isRefusal, type Refusal } from "../../contract/refusal.ts";
import type { AnyCommunication } from "../../dialogs/communication.ts";
import type { Dialogs } from "../../dialogs/dialogs.ts";
import type { TalkPorts } from "../../durable-objects/conversation/ports.ts";
import { Clock } from "./clock.ts";
import { Crashes } from "./crashes.ts";
import { FakeDirectory } from "./fake-directory.ts";
import { FakeSystem } from "./fake-system.ts";
import { Person, type PersonFacts } from "./person.ts";

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
};

/** What a call came to: why not, or the outcome of each user. */
export type CallResult = Refusal | { readonly outcomes: ReadonlyMap<string, Outcome> };

/**
 * A small world for the tests of communications: people with phones, a main system, a clock, and the real machinery
 * of conversations between them.
 */
export class World {
  readonly clock = new Clock();
  readonly system = new FakeSystem();
  readonly directory = new FakeDirectory();
  readonly crashes = new Crashes();
  /** The bot's settings; a test may renew them. */
  bot = testBot;
  /** What conversations reported to the ledger by themselves, in order. */
  readonly reported: RecordMessage[] = [];
  /** Events that were logged. */
  readonly logged: string[] = [];
  readonly #dialogs: Dialogs;
  readonly #people: Person[] = [];
  /** Deliveries that are to be handed over again, and when. */
  #waiting: { readonly at: number; readonly delivery: Delivery }[] = [];
  #calls = 0;
  #runs = 0;

  constructor(dialogs: Dialogs) {
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

  /** The main system calls an endpoint: everybody in the audience who has the bot gets the communication. */
  async call(alias: string, params: unknown): Promise<CallResult> {
    const communication = this.#communication(alias);
    const read = communication.params.parse(params);
    const data = await communication.prepare(read, this.system.port);
    if (isRefusal(data)) return data;
    this.#calls += 1;
    const audience = communication.audience(read);
    if (!("userIds" in audience)) throw new Error("This world tells users by their ids");
    const outcomes = new Map<string, Outcome>();
    for (const [seq, userId] of audience.userIds.entries()) {
      outcomes.set(userId, { state: "unlinked" });
      for (const lead of this.directory.leadsOf(userId)) {
        const { critical } = communication;
        const call = {
          callId: `call-${this.#calls}`,
          seq,
          userId,
          alias,
          data: JSON.stringify(data),
          critical,
        };
        outcomes.set(userId, await this.#hand(this.delivery(call, lead)));
      }
    }
    return { outcomes };
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
      send: async (messages: readonly RecordMessage[]) => void this.reported.push(...messages),
    };
    return {
      directory: around(this.directory.port),
      bots: { find: async () => this.bot },
      records: around(records),
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
