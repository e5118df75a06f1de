import type { Person } from "../emulator/store/people.ts";
import type { BareBot, Beseda } from "./beseda.ts";
import { conversationOf } from "./beseda.ts";
import { median, quantile } from "./numbers.ts";
import type { BotName, Telegram } from "./telegram.ts";

const WARM_UP = 50;
const MESSAGES = 200;
const WAKES = 60;

/** Times of one kind, ms. */
export interface Times {
  readonly p50: number;
  readonly p99: number;
}

/** Webhook → answer, side by side. */
export interface AnswerTimes {
  readonly messages: number;
  readonly beseda: Times;
  readonly bare: Times;
  /** Median over the pairs of Beseda's time by the bare bot's right before or after it. */
  readonly ratio: number;
  /** How many messages found their conversation evicted, and the times of these. */
  readonly wakes: number;
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

/** A person writes to both bots by turns; each is asked first every other time. */
export async function measureAnswers(contenders: Contenders, person: Person): Promise<AnswerTimes> {
  const { telegram, beseda } = contenders;
  const times: Record<BotName, number[]> = { beseda: [], bare: [] };
  for (let pair = -WARM_UP; pair < MESSAGES; pair += 1) {
    const order: readonly BotName[] = pair % 2 === 0 ? ["beseda", "bare"] : ["bare", "beseda"];
    for (const bot of order) {
      const ms = await ask(telegram, person, bot);
      if (pair >= 0) times[bot].push(ms);
    }
  }
  const ratios = times.beseda.map((ms, at) => ms / (times.bare[at] ?? Number.NaN));
  return {
    messages: MESSAGES,
    beseda: summary(times.beseda),
    bare: summary(times.bare),
    ratio: median(ratios),
    wakes: WAKES,
    woken: summary(await wakes(telegram, beseda, person)),
    nothing: summary(await nothings(contenders)),
  };
}

async function ask(telegram: Telegram, person: Person, bot: BotName): Promise<number> {
  const ms = await telegram.answerTime(person, bot, "/help");
  await telegram.quiet(bot);
  return ms;
}

/** As a conversation is found in production: people are silent for longer than an object stays in memory. */
async function wakes(telegram: Telegram, { worker }: Beseda, person: Person): Promise<readonly number[]> {
  const times: number[] = [];
  for (let wake = 0; wake < WAKES; wake += 1) {
    await worker.evictDurableObject("CONVERSATIONS", { name: conversationOf(person.id) });
    times.push(await ask(telegram, person, "beseda"));
  }
  return times;
}

async function nothings({ beseda, bare }: Contenders): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < MESSAGES / 2; round += 1) {
    for (const url of [`${beseda.url}/healthz`, `${bare.url}/healthz`]) {
      const began = performance.now();
      await (await fetch(url)).arrayBuffer();
      times.push(performance.now() - began);
    }
  }
  return times;
}

function summary(times: readonly number[]): Times {
  return { p50: median(times), p99: quantile(times, 0.99) };
}
