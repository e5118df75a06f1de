import { env } from "cloudflare:workers";
import type { Delivery, DeliveryChunk } from "../../../contract/delivery.ts";
import type { House } from "../../../workers/house.ts";
import { consume, house, queueOf } from "../queue-by-hand.ts";
import {
  acceptNews,
  conversationOf,
  crash,
  eventually,
  evict,
  ledgerOf,
  NEWS,
  type Stage,
  setStage,
  stateOf,
} from "../stage.ts";
import type { FakeTelegram } from "./fake-telegram.ts";
import { type Cell, type RecipientEnd, UNHARMED } from "./model.ts";

/** How the recipients of a call ended. */
interface Played {
  readonly struck: RecipientEnd;
  /** Of the others those who did not get it once, or whom the ledger does not know to have it. */
  readonly harmed: readonly RecipientEnd[];
}

/** Which of how many recipients is struck. */
const CAST = {
  "the first send": { people: 1, struck: 0 },
  "the middle of a broadcast": { people: 10, struck: 4 },
};

/** A cell whose message goes out through the delivery queue. */
interface DeliveryCell extends Cell {
  readonly place: keyof typeof CAST;
}

/** Whether the message of a cell goes out through the delivery queue. */
export function isDeliveryCell(cell: Cell): cell is DeliveryCell {
  return cell.place in CAST;
}

/** Plays such a cell until its call is finished. */
export async function playBroadcast(cell: DeliveryCell, telegram: FakeTelegram): Promise<Played> {
  const { people, struck } = CAST[cell.place];
  const stage = await setStage(cell.number, people);
  const chat = stage.people[struck] ?? 0;
  telegram.strike(chat, { fault: cell.fault, method: "sendMessage", words: NEWS, isHeld: false });
  const call = await acceptNews(stage);
  const queue = await queueOf(call.callId);
  await env.BROADCASTS.getByName(call.callId).start(call);

  const consumer = new Consumer(cell, { stage, chat, telegram, callId: call.callId });
  await eventually(async () => {
    for (let chunk = queue.shift(); chunk; chunk = queue.shift()) await consumer.take(chunk);
    return (await stateOf(call)) === "finished";
  });
  await consumer.takeAgain();

  const ledger = await ledgerOf(call.callId);
  const end = (id: number) => ({
    arrived: telegram.texts(id).filter((text) => text.includes(NEWS)).length,
    ledger: ledger.get(id) ?? "nothing",
  });
  const others = stage.people.filter((id) => id !== chat).map(end);
  const isHarmed = (one: RecipientEnd) => one.arrived !== UNHARMED.arrived || one.ledger !== UNHARMED.ledger;
  return { struck: end(chat), harmed: others.filter(isHarmed) };
}

/** What a consumer needs to know of its cell. */
interface Setting {
  readonly stage: Stage;
  readonly chat: number;
  readonly telegram: FakeTelegram;
  readonly callId: string;
}

/** Consumes chunks, and suffers the cell's mishap at the first that holds whoever is struck. */
class Consumer {
  readonly #cell: Cell;
  readonly #setting: Setting;
  readonly #taken: DeliveryChunk[] = [];
  #hasSuffered = false;

  constructor(cell: Cell, setting: Setting) {
    this.#cell = cell;
    this.#setting = setting;
  }

  async take(chunk: DeliveryChunk): Promise<void> {
    const { chat, telegram } = this.#setting;
    this.#taken.push(chunk);
    const isStruck = chunk.recipients.some(({ externalId }) => externalId === String(chat));
    if (!isStruck || this.#hasSuffered) return consume([chunk]);
    this.#hasSuffered = true;
    await this.#takeStruck(chunk);
    telegram.letGo(chat);
  }

  /** A queue may bring a message once more long after it was handled. */
  async takeAgain(): Promise<void> {
    if (this.#cell.mishap !== "the queue's message twice") return;
    for (const chunk of this.#taken) await consume([chunk]);
  }

  async #takeStruck(chunk: DeliveryChunk): Promise<void> {
    switch (this.#cell.mishap) {
      case "nothing besides":
        return consume([chunk]);
      case "the queue's message twice":
        return void (await Promise.all([consume([chunk]), consume([chunk])]));
      case "the consumer killed":
        await killed(chunk, "handing over");
        await killed(chunk, "recording");
        this.#setting.telegram.letGo(this.#setting.chat);
        await killed(chunk, "reporting");
        return consume([chunk]);
      case "the object evicted":
        return this.#evicted(chunk);
    }
  }

  async #evicted(chunk: DeliveryChunk): Promise<void> {
    const { stage, chat, telegram, callId } = this.#setting;
    const conversation = conversationOf(stage, chat);
    const consumed = consume([chunk]);
    await eventually(() => telegram.hasStruck(chat));
    // Nobody evicts an object that waits for an answer; but a deploy, or a machine that dies, takes it away.
    if (this.#cell.fault === "slow") await crash(conversation);
    await consumed;
    const all = [
      conversation,
      env.BROADCASTS.getByName(callId),
      env.PACERS.getByName(`${stage.botId}/telegram`),
    ];
    for (const object of all) await evict(object);
  }
}

/** A consumer's process is gone at some point of its way through a chunk; the queue brings the chunk again. */
async function killed(chunk: DeliveryChunk, at: "handing over" | "recording" | "reporting"): Promise<void> {
  const dead = Promise.withResolvers<void>();
  const dies = () => {
    dead.resolve();
    return new Promise<never>(() => {});
  };
  const dying: Record<typeof at, Partial<House>> = {
    // What it has asked of the conversation goes on without it.
    "handing over": {
      conversation: (address) => {
        const conversation = house.conversation(address);
        const begin = (delivery: Delivery) => {
          conversation.begin(delivery).catch(() => {});
          return dies();
        };
        return { begin } as unknown as ReturnType<House["conversation"]>;
      },
    },
    recording: { ledger: { ...house.ledger, record: dies } },
    reporting: { broadcast: () => ({ report: dies }) as unknown as ReturnType<House["broadcast"]> },
  };
  void consume([chunk], { ...house, ...dying[at] });
  await dead.promise;
}
