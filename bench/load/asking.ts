import { setTimeout as pause } from "node:timers/promises";
import type { Person } from "../../emulator/store/people.ts";
import type { Telegram } from "../world/telegram.ts";

/** A message is written this often, ms: with their answers, under half of what Telegram allows a bot in bulk. */
const EVERY = 80;

/**
 * People write by turns, each message at its time whether or not the ones before it were answered: a slow system is
 * asked no less. Milliseconds to each answer.
 */
export async function askSteadily(
  telegram: Telegram,
  talkers: readonly Person[],
  count: number,
  goesOn: () => boolean = () => true,
): Promise<readonly number[]> {
  const began = performance.now();
  const asked: Promise<number>[] = [];
  while (asked.length < count && goesOn()) {
    const talker = talkers[asked.length % talkers.length];
    if (talker) asked.push(telegram.answerTime(talker, "beseda", "/help"));
    await pause(Math.max(0, began + asked.length * EVERY - performance.now()));
  }
  return Promise.all(asked);
}
