import type { Person } from "../../emulator/store/people.ts";
import type { Bench } from "../bench.ts";
import { notify, untilFinished } from "../calls/broadcast.ts";
import { type Counts, total } from "../counting/tally.ts";
import { median } from "../numbers.ts";
import { Meter } from "../price/meter.ts";
import { startWorld, type World } from "../world/beseda.ts";
import { insertLeads } from "../world/leads.ts";

/** How large the databases are, and how often each thing is done. */
export interface Sizes {
  readonly leads: readonly number[];
  readonly recipients: number;
  readonly calls: number;
  readonly messages: number;
}

/** What a thing cost: the time of each go, and the rows of the database that one took. */
export interface Cost {
  readonly ms: readonly number[];
  readonly rowsRead: number;
  readonly rowsWritten: number;
}

/** The costs with one number of leads. */
export interface Grown {
  readonly leads: number;
  readonly call: Cost;
  /** A first message of somebody nobody knows: it asks the database. */
  readonly stranger: Cost;
  /** A message of somebody known. */
  readonly known: Cost;
}

/** A database with so many leads, and Beseda on it. */
interface SizedWorld {
  readonly leads: number;
  readonly world: World;
  readonly meter: Meter;
  /** Spread over all the leads there are. */
  readonly recipients: readonly Person[];
  readonly times: { readonly call: number[]; readonly stranger: number[]; readonly known: number[] };
}

/** What an alarm does that rings later has nothing to do with how many leads there are, ms. */
const LATER = 3_000;
/** Ids of strangers, above all leads. */
const FIRST_STRANGER = 10_000_001;

/** Asks all databases by turns, so that what else the machine does falls on each. */
export async function measureGrowth(bench: Bench, sizes: Sizes): Promise<readonly Grown[]> {
  const worlds: SizedWorld[] = [];
  try {
    for (const leads of sizes.leads) {
      bench.tell(`Growth: ${leads.toLocaleString("en-US")} leads …`);
      worlds.push(await makeWorld(bench, leads, sizes.recipients));
    }
    bench.tell("Growth: calls and messages, by turns …");
    for (let round = 0; round < sizes.calls; round += 1) {
      for (const { world, recipients, times } of worlds)
        times.call.push((await notify(world, recipients)).last * 1000);
    }
    for (let round = 0; round < sizes.messages; round += 1) {
      for (const sized of worlds) await askBoth(sized, round);
    }
    bench.tell("Growth: counting …");
    return await Promise.all(worlds.map((sized) => countAll(sized, sizes)));
  } finally {
    await Promise.all(worlds.map(({ world }) => world.close()));
  }
}

async function makeWorld(bench: Bench, leads: number, count: number): Promise<SizedWorld> {
  const world = await startWorld(await bench.build("counting"));
  await insertLeads(world.beseda.db, { first: 1, count: leads });
  const ids = Array.from({ length: count }, (_, at) => 1 + Math.floor((at * leads) / count));
  const recipients = world.telegram.people(ids);
  // Conversations are made by their first message, which is another cost.
  const { callId } = await notify(world, recipients);
  await untilFinished(world.beseda, callId);
  const times = { call: [], stranger: [], known: [] };
  return { leads, world, meter: new Meter(world), recipients, times };
}

async function askBoth({ world: { telegram }, recipients, times }: SizedWorld, round: number): Promise<void> {
  const [stranger] = telegram.people([FIRST_STRANGER + round]);
  const known = recipients[round % recipients.length];
  if (!stranger || !known) throw new Error("There is nobody to write");
  times.known.push(await telegram.answerTime(known, "beseda", "/help"));
  await telegram.quiet("beseda");
  times.stranger.push(await telegram.answerTime(stranger, "beseda", "/start"));
  await telegram.quiet("beseda");
}

async function countAll(
  { leads, world, meter, recipients, times }: SizedWorld,
  sizes: Sizes,
): Promise<Grown> {
  const [stranger] = world.telegram.people([FIRST_STRANGER + sizes.messages]);
  const [known] = recipients;
  if (!stranger || !known) throw new Error("There is nobody to write");
  await meter.whenStill();
  const call = await meter.call(recipients, { later: LATER });
  return {
    leads,
    call: cost(times.call, call),
    known: cost(times.known, await meter.messages([known], "/help", LATER)),
    stranger: cost(times.stranger, await meter.messages([stranger], "/start", LATER)),
  };
}

function cost(ms: readonly number[], counts: Counts): Cost {
  return { ms, rowsRead: total(counts, "d1RowsRead"), rowsWritten: total(counts, "d1RowsWritten") };
}

/** The median over the rounds of `large`'s time by `small`'s in the same round. */
export function timeRatio(large: Cost, small: Cost): number {
  return median(large.ms.map((ms, at) => ms / (small.ms[at] ?? Number.NaN)));
}
