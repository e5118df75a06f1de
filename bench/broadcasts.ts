import type { Person } from "../emulator/store/people.ts";
import type { BareBot, Beseda } from "./beseda.ts";
import { type BroadcastTimes, bareBroadcast, broadcast } from "./broadcast.ts";
import { insertLeads } from "./leads.ts";
import { median } from "./numbers.ts";
import type { Telegram } from "./telegram.ts";

const MANY = 1000;
const FEW = 100;
const ROUNDS = 5;
/** Ids of people who nobody else in the bench is. */
const FIRST_ID = 600_001;

/** `/call` to many and to few. */
export interface BroadcastResults {
  readonly many: number;
  readonly few: number;
  readonly rounds: number;
  /** To people whose conversations never were: each is made, and asks the database who its lead is. */
  readonly firstEver: { readonly many: BroadcastTimes; readonly few: BroadcastTimes };
  /** To people whose conversations know them. */
  readonly known: { readonly many: BroadcastTimes; readonly few: BroadcastTimes };
  /** The bare bot's loop, to as many: seconds, and the median over the rounds of Beseda's time by it. */
  readonly bare: { readonly many: number; readonly ratio: number };
}

/** Calls `post/new` for 1,000 and 100 people by turns, and has the bare bot send as much in between. */
export async function measureBroadcasts(
  telegram: Telegram,
  beseda: Beseda,
  bare: BareBot,
): Promise<BroadcastResults> {
  const ids = Array.from({ length: MANY + FEW }, (_, at) => FIRST_ID + at);
  const people = telegram.people(ids);
  await insertLeads(beseda.db, ids);
  const groups = { many: people.slice(0, MANY), few: people.slice(MANY) };
  const to = (group: readonly Person[]) => broadcast(beseda, telegram, group);

  const firstEver = { many: await to(groups.many), few: await to(groups.few) };
  const many: BroadcastTimes[] = [];
  const few: BroadcastTimes[] = [];
  const loops: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    many.push(await to(groups.many));
    loops.push(await bareBroadcast(bare, telegram, groups.many));
    few.push(await to(groups.few));
  }
  const ratio = median(many.map(({ last }, at) => last / (loops[at] ?? Number.NaN)));
  return {
    many: MANY,
    few: FEW,
    rounds: ROUNDS,
    firstEver,
    known: { many: middle(many), few: middle(few) },
    bare: { many: median(loops), ratio },
  };
}

function middle(times: readonly BroadcastTimes[]): BroadcastTimes {
  const of = (name: keyof BroadcastTimes) => median(times.map((time) => time[name]));
  return { answered: of("answered"), first: of("first"), last: of("last"), recorded: of("recorded") };
}
