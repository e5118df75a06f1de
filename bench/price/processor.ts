import type { Person } from "../../emulator/store/people.ts";
import { callCommentNew, notify, untilFinished } from "../calls/broadcast.ts";
import type { World } from "../world/beseda.ts";
import { idsOf, insertLeads } from "../world/leads.ts";
import { usageOf } from "../world/processes.ts";
import { reply } from "./counts.ts";

/** Ids of people who nobody else in the bench is. */
const FIRST_ID = 800_001;

/** Processor time of one, ms; `null` where this machine does not tell. */
export interface ProcessorTimes {
  readonly notification: number | null;
  readonly question: number | null;
}

/**
 * The processor time of the whole runtime for a message, in a world without counting. It is more than the Worker's,
 * which alone is billed so: objects are billed by their duration, the database and the queue by their rows and
 * operations.
 */
export async function measureProcessor(
  world: World,
  { told: count, asked }: { readonly told: number; readonly asked: number },
): Promise<ProcessorTimes> {
  const range = { first: FIRST_ID, count };
  await insertLeads(world.beseda.db, range);
  const people = world.telegram.people(idsOf(range));
  const told = async () => {
    const { callId } = await notify(world, people);
    await untilFinished(world.beseda, callId);
  };
  await told();
  return {
    notification: await timeEach(world, count, told),
    question: await timeEach(world, asked, () => askAndAnswer(world, people.slice(0, asked))),
  };
}

async function askAndAnswer(world: World, people: readonly Person[]): Promise<void> {
  const { last } = world.telegram.delivery(people, "beseda");
  const { callId } = await callCommentNew(world.beseda, people);
  await last;
  await reply(world, people);
  await untilFinished(world.beseda, callId);
}

async function timeEach({ beseda }: World, count: number, work: () => Promise<void>): Promise<number | null> {
  const before = usageOf(beseda.processes);
  await work();
  const after = usageOf(beseda.processes);
  return before && after && ((after.cpuSeconds - before.cpuSeconds) * 1000) / count;
}
