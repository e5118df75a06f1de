import type { Person } from "../../emulator/store/people.ts";
import { median } from "../numbers.ts";
import type { BareBot, World } from "../world/beseda.ts";
import { idsOf, insertLeads } from "../world/leads.ts";
import { type BroadcastTimes, bareBroadcast, broadcast } from "./broadcast.ts";

/** How many are told, and how often. */
interface Sizes {
  readonly many: number;
  readonly few: number;
  readonly rounds: number;
}

/** Ids of people who nobody else in the bench is. */
const FIRST_ID = 600_001;

/** The times of one call, or the middle of several. */
export type CallTimes = Omit<BroadcastTimes, "callId">;

/** `/call` to many and to few. */
export interface CallResults extends Sizes {
  /** To people whose conversations never were. */
  readonly firstEver: { readonly many: CallTimes; readonly few: CallTimes };
  /** To people whose conversations know them. */
  readonly known: { readonly many: CallTimes; readonly few: CallTimes };
  /** The bare bot's loop, to as many: seconds, and the median over the rounds of Beseda's time by it. */
  readonly bare: { readonly many: number; readonly ratio: number };
}

/** Calls `post/new` for many and for few people by turns, and has the bare bot send as much in between. */
export async function measureCalls(world: World, bare: BareBot, sizes: Sizes): Promise<CallResults> {
  const { telegram, beseda } = world;
  const everybody = { first: FIRST_ID, count: sizes.many + sizes.few };
  const people = telegram.people(idsOf(everybody));
  await insertLeads(beseda.db, everybody);
  const groups = { many: people.slice(0, sizes.many), few: people.slice(sizes.many) };
  const to = (group: readonly Person[]) => broadcast(world, group);

  const firstEver = { many: await to(groups.many), few: await to(groups.few) };
  const many: BroadcastTimes[] = [];
  const few: BroadcastTimes[] = [];
  const loops: number[] = [];
  for (let round = 0; round < sizes.rounds; round += 1) {
    many.push(await to(groups.many));
    loops.push(await bareBroadcast(bare, telegram, groups.many));
    few.push(await to(groups.few));
  }
  const ratio = median(many.map(({ last }, at) => last / (loops[at] ?? Number.NaN)));
  return {
    ...sizes,
    firstEver,
    known: { many: middle(many), few: middle(few) },
    bare: { many: median(loops), ratio },
  };
}

function middle(times: readonly BroadcastTimes[]): CallTimes {
  const of = (name: keyof CallTimes) => median(times.map((time) => time[name]));
  return { answered: of("answered"), first: of("first"), last: of("last"), recorded: of("recorded") };
}
