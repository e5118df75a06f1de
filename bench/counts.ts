import { z } from "zod";
import type { Person } from "../emulator/store/people.ts";
import { type Beseda, conversationOf } from "./beseda.ts";
import { broadcast } from "./broadcast.ts";
import { until } from "./condition.ts";
import type { Tally } from "./counting/tally.ts";
import { insertLeads } from "./leads.ts";
import type { Telegram } from "./telegram.ts";

const FEW = 100;
/** Ids of people who nobody else in the bench is. */
const FIRST_ID = 700_001;
/** The safety alarm of a conversation rings 10 s after a message; this is long enough for it, ms. */
const PATIENCE = 30_000;
/** What a known person may write: a command with an answer, one with buttons, and something nobody waits for. */
const MESSAGES = ["/help", "/menu", "здравствуйте"];

/** What messages cost, counted; all until everything that follows from them is done. */
export interface Counts {
  /** One message of a person who wrote within the last minutes, and its answer. */
  readonly known: Tally;
  /** The same where the conversation was evicted and its stamps are old: it also reports and renews them. */
  readonly afterQuiet: Tally;
  /** The first message of somebody nobody knows. */
  readonly stranger: Tally;
  /** Per recipient of a call, where the conversation is made for it. */
  readonly firstDelivery: Tally;
  /** Per recipient of a call, where the conversation is there. */
  readonly delivery: Tally;
  /** D1 queries on the way to the answer, for all of these messages of known people. */
  readonly queriesBeforeAnswer: Readonly<Record<string, number>>;
}

/** Counts, with Beseda running from the counting entry. */
export async function countCosts(telegram: Telegram, beseda: Beseda): Promise<Counts> {
  const ids = Array.from({ length: FEW }, (_, at) => FIRST_ID + at);
  await insertLeads(beseda.db, ids);
  const everybody = telegram.people(ids);
  const [awake, asleep] = telegram.people([FIRST_ID + FEW, FIRST_ID + FEW + 1]);
  const [stranger] = telegram.people([FIRST_ID + FEW + 2]);
  if (!awake || !asleep || !stranger) throw new Error("Three people were asked for");
  await insertLeads(beseda.db, [awake.id, asleep.id]);
  const meter = new Meter(telegram, beseda);

  await meter.message([awake, asleep], "/help");
  const known = await meter.message([awake], "/help");
  await forgetStamps(beseda, asleep);
  const afterQuiet = await meter.message([asleep], "/help");
  const queriesBeforeAnswer: Record<string, number> = {
    "/help, conversation in memory": known.d1QueriesBeforeAnswer,
    "/help, conversation evicted, ten minutes later": afterQuiet.d1QueriesBeforeAnswer,
  };
  for (const text of MESSAGES)
    queriesBeforeAnswer[text] = (await meter.answer([awake], text)).d1QueriesBeforeAnswer;
  return {
    known,
    afterQuiet,
    stranger: await meter.message([stranger], "/start"),
    firstDelivery: await meter.delivery(everybody),
    delivery: await meter.delivery(everybody),
    queriesBeforeAnswer,
  };
}

/** As if ten minutes had passed: the lead's stamp and the bot's settings are due, the object left memory. */
async function forgetStamps({ worker }: Beseda, { id }: Person): Promise<void> {
  const name = conversationOf(id);
  const storage = await worker.getDurableObjectStorage("CONVERSATIONS", { name });
  await storage.exec("UPDATE facts SET value = '0' WHERE name = 'stampedAt'");
  await storage.exec("UPDATE facts SET value = json_set(value, '$.readAt', 0) WHERE name = 'bot'");
  await worker.evictDurableObject("CONVERSATIONS", { name });
}

const TallyAnswer = z.record(z.string(), z.number());

/** Reads the counting entry's tally before and after things happen. */
class Meter {
  readonly #telegram: Telegram;
  readonly #beseda: Beseda;

  constructor(telegram: Telegram, beseda: Beseda) {
    this.#telegram = telegram;
    this.#beseda = beseda;
  }

  /** Everything until the answers are there. */
  async answer(people: readonly Person[], text: string): Promise<Tally> {
    await this.#tally("DELETE");
    for (const person of people) await this.#telegram.answerTime(person, "beseda", text);
    await this.#telegram.quiet("beseda");
    return this.#tally("GET");
  }

  /** Everything that one message of each leads to, the alarm that rings after it too. */
  async message(people: readonly Person[], text: string): Promise<Tally> {
    await this.answer(people, text);
    return this.#once(`the alarms after ${text}`, ({ alarms }) => alarms >= people.length);
  }

  /** Everything that one call leads to, by its recipients. */
  async delivery(people: readonly Person[]): Promise<Tally> {
    await this.#tally("DELETE");
    const { callId } = await broadcast(this.#beseda, this.#telegram, people);
    const finished = this.#beseda.db.prepare("SELECT finished_at AS at FROM calls WHERE id = ?").bind(callId);
    await until("the end of a call", PATIENCE, async () => (await finished.first("at")) !== null);
    const all = await this.#once("the alarms after a call", ({ alarms }) => alarms > people.length);
    const each = Object.entries(all).map(([name, count]) => [name, count / people.length]);
    return Object.fromEntries(each) as Tally;
  }

  async #once(what: string, holds: (tally: Tally) => boolean): Promise<Tally> {
    await until(what, PATIENCE, async () => holds(await this.#tally("GET")));
    return this.#tally("GET");
  }

  async #tally(method: "GET" | "DELETE"): Promise<Tally> {
    const response = await fetch(`${this.#beseda.url}/bench/tally`, { method });
    return TallyAnswer.parse(await response.json()) as unknown as Tally;
  }
}
