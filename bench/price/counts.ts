import type { Person } from "../../emulator/store/people.ts";
import { callCommentNew } from "../calls/broadcast.ts";
import { type Counts, dividedBy, total } from "../counting/tally.ts";
import { type Beseda, conversationOf, setPace, type World } from "../world/beseda.ts";
import { idsOf, insertLeads } from "../world/leads.ts";
import { Meter } from "./meter.ts";

/** Ids of people who nobody else in the bench is. */
const FIRST_ID = 700_001;
/** What Telegram takes to answer: objects are billed for the waiting. A guess; a real one is some ten to a hundred, ms. */
export const TELEGRAM_MS = 50;
/** What a known person may write: a command with an answer, one with buttons, and something nobody waits for. */
const MESSAGES = ["/help", "/menu", "здравствуйте"];

/** What a plain notification costs, by its recipients. */
export interface NotificationCosts {
  readonly known: Counts;
  /** The same, where the conversation is made for it. */
  readonly firstEver: Counts;
  /** What retention does away with later. */
  readonly retention: Counts;
}

/** What messages cost whose conversation is in memory. */
export interface KnownCosts {
  /** One message of a person who wrote within the last minutes, and its answer. */
  readonly counts: Counts;
  /** D1 queries on the way to the answer, for each of some messages. */
  readonly queries: Readonly<Record<string, number>>;
}

/** Counts messages of a person who wrote within the last minutes. */
export async function countKnown(world: World): Promise<KnownCosts> {
  const meter = new Meter(world);
  const people = await peopleIn(world, 1);
  await meter.answers(people, "/help");
  await meter.whenStill();
  const counts = await meter.messages(people, "/help");
  const queries: Record<string, number> = {};
  for (const text of MESSAGES) queries[text] = queriesIn(await meter.answers(people, text));
  return { counts, queries };
}

/** Counts the same where the conversation was evicted and its stamps are old: it also reports and renews them. */
export async function countAfterQuiet(world: World): Promise<Counts> {
  const meter = new Meter(world);
  const people = await peopleIn(world, 1);
  await meter.answers(people, "/help");
  await meter.whenStill();
  for (const person of people) await forgetStamps(world.beseda, person);
  return meter.messages(people, "/help");
}

/** Counts the first message of somebody nobody knows. */
export async function countStranger(world: World): Promise<Counts> {
  await peopleIn(world, 1);
  return new Meter(world).messages(world.telegram.people([FIRST_ID + 1]), "/start");
}

/** D1 queries on the way to the answer. */
export function queriesIn(counts: Counts): number {
  return total(counts, "d1QueriesBeforeAnswer");
}

/** Counts what a notification costs, at the pace that Telegram allows every bot. */
export async function countNotifications(world: World, count: number): Promise<NotificationCosts> {
  const meter = new Meter(world);
  const people = await peopleIn(world, count);
  const firstEver = dividedBy(await meter.call(people), count);
  const known = dividedBy(await meter.call(people), count);
  // Two notifications of each are done away with.
  return { firstEver, known, retention: dividedBy(await sweep(world, meter), 2 * count) };
}

/**
 * Counts what a question with its answer costs: a person is told of a comment and replies, the site gets the reply,
 * and the person is thanked.
 */
export async function countQuestions(world: World, count: number): Promise<Counts> {
  const meter = new Meter(world);
  const people = await peopleIn(world, count);
  await meter.call(people);
  await meter.call(people, { start: callCommentNew });
  await reply(world, people);
  return dividedBy(await meter.whenStill(), count);
}

/** Signed-in people, in a world where Telegram takes its time. */
async function peopleIn(world: World, count: number): Promise<readonly Person[]> {
  const range = { first: FIRST_ID, count };
  await insertLeads(world.beseda.db, range);
  await setPace(world.beseda, "free");
  world.telegram.delay(TELEGRAM_MS);
  return world.telegram.people(idsOf(range));
}

/** Everybody replies to the last message they got, one after another. */
export async function reply({ telegram }: World, people: readonly Person[]): Promise<void> {
  for (const person of people) {
    const thanked = telegram.delivery([person], "beseda").last;
    telegram.write(person, "beseda", "Какая радость!", telegram.lastMessage(person, "beseda"));
    await thanked;
  }
}

/** As if ten minutes had passed: the lead's stamp and the bot's settings are due, the object left memory. */
async function forgetStamps({ execIn, evict }: Beseda, { id }: Person): Promise<void> {
  const name = conversationOf(id);
  await execIn("Conversation", name, "UPDATE facts SET value = '0' WHERE name = 'stampedAt'");
  await execIn(
    "Conversation",
    name,
    "UPDATE facts SET value = json_set(value, '$.readAt', 0) WHERE name = 'bot'",
  );
  await evict("Conversation", name);
}

/** As if all calls were long over: the scheduled job does away with them. */
async function sweep({ beseda }: World, meter: Meter): Promise<Counts> {
  await beseda.db.prepare("UPDATE calls SET created_at = 0, finished_at = 0").run();
  await meter.clear();
  await beseda.ringCron("*/5 * * * *");
  return meter.whenStill();
}
