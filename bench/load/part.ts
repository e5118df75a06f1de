import { setTimeout as pause } from "node:timers/promises";
import type { Bench } from "../bench.ts";
import { callNotice, cancel, untilFinished } from "../calls/broadcast.ts";
import type { Findings, Goal, Part } from "../findings.ts";
import { table } from "../markdown.ts";
import { shown, shownTimes, type Times, thousands, timesOf } from "../numbers.ts";
import { guardPace, type PaceName, setPace } from "../world/beseda.ts";
import type { Crowd } from "../world/crowd.ts";
import { askSteadily } from "./asking.ts";

const FULL = 300;
const QUICK = 20;

/** What ran before is over after this, ms: reports, records and the evictions of what it woke. */
const REST = { full: 15_000, quick: 1_000 };

/** Of the idle system's p99. */
const GOAL = 2;

/** Times of answers, and how often Telegram said that it was too much. */
interface Answered {
  readonly times: Times;
  readonly tooManyRequests: number;
}

/** In an idle system, and while it tells many. */
interface Results {
  readonly people: number;
  readonly idle: Answered;
  readonly free: Answered;
  readonly unpaced: Answered;
}

/** A person's message → the answer, while a broadcast runs. */
export const load: Part = {
  title: "Answers while a broadcast runs",
  async measure(bench: Bench): Promise<Findings> {
    const crowd = await bench.crowd();
    const count = bench.isQuick ? QUICK : FULL;
    const ready = () => getReady(crowd, bench.isQuick ? REST.quick : REST.full);
    bench.tell("Message → answer, idle …");
    await ready();
    const idle = {
      times: timesOf(await askSteadily(crowd.telegram, crowd.talkers, count)),
      tooManyRequests: 0,
    };
    bench.tell("Message → answer, while a broadcast runs at 30 a second …");
    await ready();
    const free = await answeredDuring(crowd, "free", count);
    bench.tell("Message → answer, while one runs as fast as it goes …");
    await ready();
    const unpaced = await answeredDuring(crowd, "none", count);
    const results = { people: crowd.people.length, idle, free, unpaced };
    return { text: shownLoad(results), goals: goals(results) };
  },
};

/** Lets what ran before end, and has everybody who is to be measured heard once: their conversations are in memory then. */
async function getReady({ telegram, talkers }: Crowd, restMs: number): Promise<void> {
  await pause(restMs);
  await askSteadily(telegram, talkers, talkers.length);
}

async function answeredDuring(crowd: Crowd, pace: PaceName, count: number): Promise<Answered> {
  const { beseda, telegram, people, talkers } = crowd;
  await setPace(beseda, pace);
  guardPace(telegram, pace);
  const delivery = telegram.delivery(people, "beseda");
  let isThrough = false;
  void delivery.last.then(() => {
    isThrough = true;
  });
  const { callId } = await callNotice(beseda, people);
  await delivery.first;
  const ms = await askSteadily(telegram, talkers, count, () => !isThrough);
  if (!isThrough) await cancel(beseda, callId);
  await untilFinished(beseda, callId);
  const { tooManyRequests } = telegram.stats();
  guardPace(telegram, "none");
  return { times: timesOf(ms), tooManyRequests };
}

function shownLoad({ people, idle, free, unpaced }: Results): string {
  const row = (what: string, { times, tooManyRequests }: Answered) => [
    what,
    String(times.count),
    shownTimes(times),
    `${shown(times.p50 / idle.times.p50)} / **${shown(times.p99 / idle.times.p99)}**`,
    String(tooManyRequests),
  ];
  return table(
    ["message → answer", "messages", "p50 / p99", "to idle", "429s"],
    [
      ["idle", String(idle.times.count), shownTimes(idle.times), "", ""],
      row(`while ${thousands(people)} are told, at 30 a second`, free),
      row("the same, as fast as it goes", unpaced),
    ],
  );
}

function goals({ idle, free, unpaced }: Results): readonly Goal[] {
  const paces = { "at 30 a second": free, "as fast as it goes": unpaced };
  return Object.entries(paces).map(([how, { times }]) => ({
    what: `p99 of answers during a broadcast ${how}, to idle`,
    wanted: `at most ${GOAL}`,
    found: shown(times.p99 / idle.times.p99),
    isMet: times.p99 <= idle.times.p99 * GOAL,
  }));
}
