import type { Person } from "../../emulator/store/people.ts";
import { notify, untilFinished } from "../calls/broadcast.ts";
import { type Peer, startPeer } from "../peer/peer.ts";
import { guardPace, type PaceName, setPace, type World } from "../world/beseda.ts";
import { resetPeaks, type Usage, usageOf } from "../world/processes.ts";
import type { BotName, Telegram } from "../world/telegram.ts";

/** What came of one broadcast to many. */
export interface Run {
  readonly people: number;
  /** Until the last message was in its chat, s. */
  readonly seconds: number;
  /** Until the ledger knew of all, s; `null` for the peer, that keeps none. */
  readonly recorded: number | null;
  /** The most memory, and the processor time of this run alone. */
  readonly usage: Usage | null;
  /** Messages a second, what came at once at the beginning left out. */
  readonly rate: number;
  /** Sends that were too fast. */
  readonly broken: number;
  readonly tooManyRequests: number;
}

/** Beseda tells these people at a pace; where it is one of Telegram's, Telegram sees to it. */
export async function runBeseda(world: World, people: readonly Person[], pace: PaceName): Promise<Run> {
  const { beseda, telegram } = world;
  await setPace(beseda, pace);
  return metered({ telegram, bot: "beseda", processes: beseda.processes }, people, pace, async () => {
    const { callId, last, recorded } = await notify(world, people);
    await untilFinished(beseda, callId);
    return { seconds: last, recorded };
  });
}

/** The peer, started for this, tells the same people. */
export async function runPeer(telegram: Telegram, people: readonly Person[], pace: PaceName): Promise<Run> {
  const peer: Peer = await startPeer(telegram, pace);
  try {
    return await metered({ telegram, bot: "peer", processes: peer.processes }, people, pace, async () => ({
      seconds: await peer.notify(people),
      recorded: null,
    }));
  } finally {
    await peer.close();
  }
}

/** Who is measured. */
interface Contender {
  readonly telegram: Telegram;
  readonly bot: BotName;
  readonly processes: readonly number[];
}

async function metered(
  { telegram, bot, processes }: Contender,
  people: readonly Person[],
  pace: PaceName,
  run: () => Promise<Pick<Run, "seconds" | "recorded">>,
): Promise<Run> {
  guardPace(telegram, pace);
  resetPeaks(processes);
  const before = usageOf(processes);
  const delivery = telegram.delivery(people, bot);
  const times = await run();
  const after = usageOf(processes);
  const { limitsBroken, tooManyRequests } = telegram.stats();
  guardPace(telegram, "none");
  return {
    ...times,
    people: people.length,
    usage: before && after && { ...after, cpuSeconds: after.cpuSeconds - before.cpuSeconds },
    rate: rateOf(delivery.times),
    broken: limitsBroken.bot + limitsBroken.chat,
    tooManyRequests,
  };
}

/** What comes within this of the first message came with it, ms: less than the time between two lots of either. */
const AT_ONCE = 300;

/**
 * Messages a second from the end of what came at once: with it, a contender that sends by lots would seem to keep more
 * than its pace, for its first lot took no time.
 */
function rateOf(times: readonly number[]): number {
  const [first = 0] = times;
  const atOnce = times.filter((time) => time - first <= AT_ONCE);
  const from = atOnce.at(-1) ?? 0;
  return (times.length - atOnce.length) / (((times.at(-1) ?? 0) - from) / 1000);
}
