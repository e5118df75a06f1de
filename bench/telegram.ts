import { write } from "../emulator/acts/write.ts";
import { type Emulator, startEmulator } from "../emulator/server.ts";
import type { Person } from "../emulator/store/people.ts";
import { setWebhook } from "../scripts/telegram/webhook.ts";
import { inTime } from "./condition.ts";

/** The two bots that are compared. */
export const BOTS = {
  beseda: { id: 100001, token: "100001:DEMO", username: "beseda_demo_bot", first_name: "Beseda" },
  bare: { id: 100002, token: "100002:BARE", username: "bare_bot", first_name: "Bare" },
} as const;

/** One of the two. */
export type BotName = keyof typeof BOTS;

/** An answer is given up on after this, ms. */
const PATIENCE = 15_000;

/** Telegram on this machine, in this process: its clock is the bench's clock. */
export class Telegram {
  readonly emulator: Emulator;

  private constructor(emulator: Emulator) {
    this.emulator = emulator;
  }

  /** Starts it without limits on sending: they would be all that a broadcast shows. */
  static async start(): Promise<Telegram> {
    const limits = { perBot: null, perChat: null };
    return new Telegram(await startEmulator({ port: 0, limits, bots: Object.values(BOTS) }));
  }

  /** Sends a bot's updates to `url`. */
  async connect(bot: BotName, url: string, secret: string): Promise<void> {
    await setWebhook({ botApi: this.emulator.url, token: BOTS[bot].token, url, secret });
  }

  /** People with a phone, their chats with both bots opened. */
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
    const { world } = this.emulator;
    const bot = world.store.bots.byId(BOTS[name].id);
    if (!bot) throw new Error(`The emulator has no bot ${name}`);
    const answered = this.#messages([person], name).first;
    const began = performance.now();
    write(world, person, bot, { text });
    return (await inTime(`the answer of ${name}`, PATIENCE, answered)) - began;
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

  /** When everybody has the bot's next message: the first and the last of these moments. */
  delivery(people: readonly Person[], name: BotName): { first: Promise<number>; last: Promise<number> } {
    return this.#messages(people, name);
  }

  close(): Promise<void> {
    return this.emulator.close();
  }

  #messages(people: readonly Person[], name: BotName) {
    const first = Promise.withResolvers<number>();
    const last = Promise.withResolvers<number>();
    let missing = people.length;
    for (const { id } of people) {
      const stop = this.emulator.world.phones.listen(id, (event) => {
        if (event.type !== "message" || !event.message.from?.is_bot || event.bot !== BOTS[name].username)
          return;
        stop();
        missing -= 1;
        first.resolve(performance.now());
        if (missing === 0) last.resolve(performance.now());
      });
    }
    return { first: first.promise, last: last.promise };
  }
}
