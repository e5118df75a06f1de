import { setTimeout as pause } from "node:timers/promises";
import type { Person } from "../../emulator/store/people.ts";
import { median, type Times, timesOf } from "../numbers.ts";
import type { BareBot, Beseda } from "../world/beseda.ts";
import { conversationOf } from "../world/beseda.ts";
import type { BotName, Telegram } from "../world/telegram.ts";

/** How often each thing is done. */
interface Sizes {
  /** They write by turns: Telegram allows a chat one message a second in the long run. */
  readonly people: number;
  readonly pairs: number;
  readonly wakes: number;
}

/** Webhook → answer, side by side. */
export interface AnswerTimes {
  readonly beseda: Times;
  readonly bare: Times;
  /** Median over the pairs of Beseda's time by the bare bot's right before or after it. */
  readonly ratio: number;
  /** The times of messages that found their conversation evicted. */
  readonly woken: Times;
  /** A request that does nothing, to either Worker: the harness's own share. */
  readonly nothing: Times;
}

/** What is measured here. */
interface Contenders {
  readonly telegram: Telegram;
  readonly beseda: Beseda;
  readonly bare: BareBot;
}

/** People write to both bots by turns; each is asked first every other time. */
export async function measureAnswers(
  contenders: Contenders,
  people: readonly Person[],
  { pairs, wakes }: Omit<Sizes, "people">,
): Promise<AnswerTimes> {
  const { telegram, beseda } = contenders;
  const times = { beseda: [] as number[], bare: [] as number[] };
  for (let pair = -people.length; pair < pairs; pair += 1) {
    const person = at(people, pair + people.length);
    const order = pair % 2 === 0 ? (["beseda", "bare"] as const) : (["bare", "beseda"] as const);
    for (const bot of order) {
      const ms = await ask(telegram, person, bot);
      // The first message of each only warms up.
      if (pair >= 0) times[bot].push(ms);
    }
  }
  const ratios = times.beseda.map((ms, pair) => ms / (times.bare[pair] ?? Number.NaN));
  return {
    beseda: timesOf(times.beseda),
    bare: timesOf(times.bare),
    ratio: median(ratios),
    woken: timesOf(await wake(telegram, beseda, people.slice(0, wakes))),
    nothing: timesOf(await nothings(contenders, pairs)),
  };
}

/** A rest after each message, ms: a bot may send 30 a second, and who asks faster measures how long it holds back. */
const REST = 30;

async function ask(telegram: Telegram, person: Person, bot: BotName): Promise<number> {
  const ms = await telegram.answerTime(person, bot, "/help");
  await telegram.quiet(bot);
  await pause(REST);
  return ms;
}

/** As a conversation is found in production: people are silent for longer than an object stays in memory. */
async function wake(
  telegram: Telegram,
  { evict }: Beseda,
  people: readonly Person[],
): Promise<readonly number[]> {
  const ms: number[] = [];
  for (const person of people) {
    await evict("Conversation", conversationOf(person.id));
    ms.push(await ask(telegram, person, "beseda"));
  }
  return ms;
}

function at(people: readonly Person[], turn: number): Person {
  const person = people[turn % people.length];
  if (!person) throw new Error("There is nobody to write");
  return person;
}

async function nothings({ beseda, bare }: Contenders, times: number): Promise<readonly number[]> {
  const ms: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const began = performance.now();
    await (await fetch(`${time % 2 === 0 ? beseda.url : bare.url}/healthz`)).arrayBuffer();
    ms.push(performance.now() - began);
  }
  return ms;
}
