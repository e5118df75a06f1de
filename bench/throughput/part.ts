import type { Bench } from "../bench.ts";
import type { Findings, Goal, Part } from "../findings.ts";
import { table } from "../markdown.ts";
import { percent, shown, thousands } from "../numbers.ts";
import { hasRedis } from "../peer/redis.ts";
import { PACES, type PaceName } from "../world/beseda.ts";
import type { Crowd } from "../world/crowd.ts";
import { type Run, runBeseda, runPeer } from "./run.ts";

/**
 * Recipients at each pace; at 1,000 a second it is everybody. At 30 these take 30 s, and ten thousand would take five
 * and a half minutes.
 */
const FULL = { free: 900, modest: 1_000, paid: Number.POSITIVE_INFINITY };
const QUICK = { free: 60, modest: 200, paid: Number.POSITIVE_INFINITY };

/** Told once more right after: their conversations are still in memory, where all others' were evicted. */
const WARM = 1_000;

/** Of what Telegram allows. */
const GOAL = 0.98;

/** Both contenders at one pace; the peer is `null` where this machine has no Redis. */
interface Pair {
  readonly beseda: Run;
  readonly peer: Run | null;
}

type PacedPair = Pair & { readonly pace: PaceName };

/** Broadcasts to many, beside Node with grammY and BullMQ on Redis. */
export const throughput: Part = {
  title: "Throughput",
  async measure(bench: Bench): Promise<Findings> {
    if (!hasRedis())
      bench.tell("redis-server is missing (Debian: apt install redis-server): without the peer.");
    bench.tell("Making conversations …");
    const crowd = await bench.crowd();
    bench.tell(`Broadcasts to ${thousands(crowd.people.length)}, as fast as they go …`);
    const unpaced = await measurePair(crowd, crowd.people.length, "none");
    const warm = await runBeseda(crowd, crowd.people.slice(-WARM), "none");
    const paced: PacedPair[] = [];
    for (const pace of ["free", "modest", "paid"] as const) {
      bench.tell(`Broadcasts at ${PACES[pace].perSecond} a second …`);
      const count = (bench.isQuick ? QUICK : FULL)[pace];
      paced.push({ pace, ...(await measurePair(crowd, count, pace)) });
    }
    return {
      text: [unpacedTable(crowd, unpaced, warm), pacedTable(paced)].join("\n\n"),
      goals: paced.filter(({ pace }) => pace !== "modest").flatMap(goalsOf),
    };
  },
};

async function measurePair(crowd: Crowd, count: number, pace: PaceName): Promise<Pair> {
  const people = crowd.people.slice(0, count);
  const peer = hasRedis() ? await runPeer(crowd.telegram, people, pace) : null;
  return { beseda: await runBeseda(crowd, people, pace), peer };
}

function unpacedTable({ firstEver, atRest, people }: Crowd, { beseda, peer }: Pair, warm: Run): string {
  const messages = (run: Run) => `${Math.round(run.people / run.seconds)} messages/s`;
  const memory = (run: Run) => (run.usage ? `${Math.round(run.usage.peakMiB)} MiB` : "not known here");
  const cpu = (run: Run) =>
    run.usage ? `${shown((run.usage.cpuSeconds / run.people) * 1000)} ms` : "not known here";
  const row = (what: string, of: (run: Run) => string, value: (run: Run) => number | undefined) => [
    what,
    of(beseda),
    peer ? of(peer) : "no Redis here",
    peer ? `**${shown((value(beseda) ?? Number.NaN) / (value(peer) ?? Number.NaN))}**` : "",
  ];
  return table(
    [`as fast as it goes, to ${thousands(people.length)}`, "Beseda", "grammY, BullMQ, Redis", "ratio"],
    [
      row("call → last message", messages, (run) => run.people / run.seconds),
      ["— until the ledger has all", `${shown(beseda.recorded ?? 0)} s`, "keeps none", ""],
      row("processor time a message", cpu, (run) => run.usage?.cpuSeconds),
      row("memory at its peak", memory, (run) => run.usage?.peakMiB),
      ["— before the first message", atRest ? `${Math.round(atRest.peakMiB)} MiB` : "", "", ""],
      [`to ${thousands(warm.people)} of them, right after`, messages(warm), "the same to it", ""],
      ["— processor time a message", cpu(warm), "", ""],
      [
        "to people nobody ever spoke with",
        `${Math.round(people.length / firstEver.last)} messages/s`,
        "the same to it",
        "",
      ],
    ],
  );
}

function pacedTable(pairs: readonly PacedPair[]): string {
  const share = (run: Run | null, pace: PaceName) =>
    run ? percent(run.rate / PACES[pace].perSecond) : "no Redis here";
  const refused = (run: Run | null) => (run ? `${run.broken} / ${run.tooManyRequests}` : "");
  return table(
    ["at a pace that Telegram sees to", "Beseda", "grammY, BullMQ, Redis"],
    pairs.flatMap(({ pace, beseda, peer }) => [
      [
        `${thousands(PACES[pace].perSecond)} a second, to ${thousands(beseda.people)}: share used`,
        share(beseda, pace),
        share(peer, pace),
      ],
      ["— limits broken / 429s", refused(beseda), refused(peer)],
    ]),
  );
}

function goalsOf({ pace, beseda }: PacedPair): readonly Goal[] {
  const perSecond = thousands(PACES[pace].perSecond);
  const share = beseda.rate / PACES[pace].perSecond;
  const { broken, tooManyRequests } = beseda;
  return [
    {
      what: `of ${perSecond} messages a second, used`,
      wanted: `at least ${percent(GOAL)}`,
      found: percent(share),
      isMet: share >= GOAL,
    },
    {
      what: `limits broken at ${perSecond} a second, and 429s`,
      wanted: "0",
      found: `${broken}, ${tooManyRequests}`,
      isMet: broken === 0 && tooManyRequests === 0,
    },
  ];
}
