import { write } from "../../emulator/acts/write.ts";
import { type Emulator, startEmulator } from "../../emulator/server.ts";
import type { Person } from "../../emulator/store/people.ts";
import { TELEGRAM_LIMITS } from "../../emulator/traffic/send-limiter.ts";
import type { StatsReport } from "../../emulator/traffic/stats.ts";
import { setWebhook } from "../../scripts/telegram/webhook.ts";
import { inTime } from "./condition.ts";

/** The bots that are compared. */
export const BOTS = {
  beseda: { id: 100001, token: "100001:DEMO", username: "beseda_demo_bot", first_name: "Beseda" },
  bare: { id: 100002, token: "100002:BARE", username: "bare_bot", first_name: "Bare" },
  peer: { id: 100003, token: "100003:PEER", username: "peer_bot", first_name: "Peer" },
} as const;

/** One of them. */
export type BotName = keyof typeof BOTS;

/** An answer is given up on after this, ms. */
const PATIENCE = 15_000;

/** When people have a message; moments are those of `performance.now()`. */
export interface Delivery {
  readonly first: Promise<number>;
  readonly last: Promise<number>;
  /** Grows with every message. */
  readonly times: readonly number[];
}

const NO_LIMITS = { perBot: null, perBotPaid: null, perChat: null };

/** Telegram on this machine, in this process: its clock is the bench's clock. */
export class Telegram {
  readonly emulator: Emulator;

  private constructor(emulator: Emulator) {
    this.emulator = emulator;
  }

  /** Starts it without limits on sending: they would be all that a broadcast shows. */
  static async start(): Promise<Telegram> {
    return new Telegram(await startEmulator({ port: 0, limits: NO_LIMITS, bots: Object.values(BOTS) }));
  }

  /**
   * From now on it refuses what is too fast, as Telegram does, and counts anew; `null` is no limits.
   * @param paid messages a second of a bot that pays: Telegram allows 1000
   */
  limit(paid: number | null): void {
    const { limiter, stats } = this.emulator.world;
    const limits = paid === null ? NO_LIMITS : { perBotPaid: paid };
    limiter.limits = { ...TELEGRAM_LIMITS, ...limits };
    limiter.reset();
    stats.clear();
  }

  /** What it was asked since `limit`. */
  stats(): StatsReport {
    return this.emulator.world.stats.report();
  }

  /** From now on it takes this long to answer a bot, ms; 0 is as fast as it can. */
  delay(ms: number): void {
    const { faults } = this.emulator.world;
    faults.clear();
    if (ms > 0) faults.add({ times: null, delay_ms: ms });
  }

  /** Sends a bot's updates to `url`. */
  async connect(bot: BotName, url: string, secret: string): Promise<void> {
    await setWebhook({ botApi: this.emulator.url, token: BOTS[bot].token, url, secret });
  }

  /** People with a phone, their chats with all bots opened. */
  people(ids: readonly number[]): readonly Person[] {
    const { store } = this.emulator.world;
    return ids.map((id) => {
      const person = { id, first_name: `Anna ${id}`, language_code: "ru" };
      store.people.put(person);
      for (const bot of Object.values(BOTS)) store.chats.open({ bot: bot.id, user: id });
      return person;
    });
  }

  /** Milliseconds from a person's message until the bot's answer is in the chat. */
  async answerTime(person: Person, name: BotName, text: string): Promise<number> {
    const answered = this.delivery([person], name).first;
    const began = performance.now();
    this.write(person, name, text);
    return (await inTime(`the answer of ${name}`, PATIENCE, answered)) - began;
  }

  /** A person writes to the bot; with `repliesTo`, as a reply to that message. */
  write(person: Person, name: BotName, text: string, repliesTo?: number): void {
    const { world } = this.emulator;
    const bot = world.store.bots.byId(BOTS[name].id);
    if (!bot) throw new Error(`The emulator has no bot ${name}`);
    write(world, person, bot, { text, ...(repliesTo ? { reply_to_message_id: repliesTo } : {}) });
  }

  /** The id of the last message in a person's chat with the bot. */
  lastMessage(person: Person, name: BotName): number {
    const chat = { bot: BOTS[name].id, user: person.id };
    const last = this.emulator.world.store.chats.messages(chat, { after: 0, since: 0 }).at(-1);
    if (!last) throw new Error(`Nothing was said in the chat of ${person.id}`);
    return last.message_id;
  }

  /** Waits until the bot's webhook took everything, so that one message's end is not in the next one's time. */
  async quiet(name: BotName): Promise<void> {
    const { updates } = this.emulator.world.store;
    const end = performance.now() + PATIENCE;
    while (updates.count(BOTS[name].id) > 0) {
      if (performance.now() > end) throw new Error(`The webhook of ${name} does not answer`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** When everybody has the bot's next message. */
  delivery(people: readonly Person[], name: BotName): Delivery {
    const times: number[] = [];
    const first = Promise.withResolvers<number>();
    const last = Promise.withResolvers<number>();
    let missing = people.length;
    for (const { id } of people) {
      const stop = this.emulator.world.phones.listen(id, (event) => {
        if (event.type !== "message" || !event.message.from?.is_bot || event.bot !== BOTS[name].username)
          return;
        stop();
        missing -= 1;
        const now = performance.now();
        times.push(now);
        first.resolve(now);
        if (missing === 0) last.resolve(now);
      });
    }
    return { first: first.promise, last: last.promise, times };
  }

  close(): Promise<void> {
    return this.emulator.close();
  }
}
