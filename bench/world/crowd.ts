import type { Person } from "../../emulator/store/people.ts";
import { type BroadcastTimes, notify } from "../calls/broadcast.ts";
import { startWorld, type World } from "./beseda.ts";
import type { Build } from "./builds.ts";
import { idsOf, insertLeads } from "./leads.ts";
import { type Usage, usageOf } from "./processes.ts";

const FULL = { people: 10_000, talkers: 60 };
const QUICK = { people: 500, talkers: 20 };

/** Ids of people who nobody else in the bench is. */
const FIRST_ID = 1_000_001;
const FIRST_TALKER = 2_000_001;

/** Beseda, and many people to whom it has spoken once. */
export interface Crowd extends World {
  readonly people: readonly Person[];
  /** Others, who are told of nothing and write by themselves. */
  readonly talkers: readonly Person[];
  /** The first notification of all, which made their conversations. */
  readonly firstEver: BroadcastTimes;
  /** The runtime before it spoke with anybody. */
  readonly atRest: Usage | null;
}

/** Starts Beseda and sends everybody a first notification. */
export async function gatherCrowd(build: Build, isQuick: boolean): Promise<Crowd> {
  const sizes = isQuick ? QUICK : FULL;
  const world = await startWorld(build);
  const { telegram, beseda } = world;
  const told = { first: FIRST_ID, count: sizes.people };
  const writing = { first: FIRST_TALKER, count: sizes.talkers };
  for (const range of [told, writing]) await insertLeads(beseda.db, range);
  const people = telegram.people(idsOf(told));
  const talkers = telegram.people(idsOf(writing));
  const atRest = usageOf(beseda.processes);
  const firstEver = await notify(world, people);
  for (const talker of talkers) await telegram.answerTime(talker, "beseda", "/help");
  await telegram.quiet("beseda");
  return { ...world, people, talkers, firstEver, atRest };
}
