import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { TELEGRAM_LIMITS } from "../../emulator/traffic/send-limiter.ts";
import { type Crowd, crowdIn } from "../world/crowd-in.ts";
import type { Person } from "../world/person.ts";
import { until } from "../world/until.ts";
import { startWorld, type World } from "../world/world.ts";

let world: World;
let anna: Person;
let crowds = 0;

beforeAll(async () => {
  world = await startWorld({ siteTells: false, limits: TELEGRAM_LIMITS });
  anna = await world.person(1707);
  await anna.signIn();
});
beforeEach(() => world.telegram.ask("/stats", { method: "DELETE" }));
afterAll(() => world?.close());

/** What Telegram takes in a second for free. */
const PER_SECOND = 30;
/** What a busy machine may keep a broadcast from using of that; the bench says how much it is on an idle one. */
const LEAST_USED = 0.8;

/** People of a test's own. */
const crowdOf = (size: number) => crowdIn(world, 300_000 + ++crowds * 1_000, size);

/** Tells a crowd of a post. */
async function tell(words: string, { ids }: Crowd): Promise<string> {
  const postId = await world.site.post(words);
  return (await world.api.accepted("post/new", { postId, authorId: 3, userIds: ids })).callId;
}

const finished = (callId: string) =>
  world.api.untilReport(callId, ({ state }) => state === "finished", 30_000);

/** Messages a second, from the first to the last. */
function rateOf({ arrivals }: Crowd): number {
  const [first, last] = [arrivals[0]?.at ?? 0, arrivals.at(-1)?.at ?? 0];
  return (arrivals.length - 1) / ((last - first) / 1000);
}

describe("a broadcast under Telegram's limit of 30 a second", () => {
  it("breaks none, is never told to slow down, and uses what is allowed; a person's answer comes within a second", async () => {
    const crowd = await crowdOf(150);
    const callId = await tell("Размеренно", crowd);

    for (const told of [20, 60, 100]) {
      await until(
        `${told} were told`,
        () => crowd.arrivals.length,
        (now) => now >= told,
      );
      const after = await anna.say("/help");
      await anna.sees("/logout", { after, within: 1_000 });
      expect(crowd.arrivals.length).toBeLessThan(150);
    }
    const { states } = await finished(callId);

    expect(states.sent).toBe(150);
    expect(await world.telegram.stats()).toMatchObject({
      limitsBroken: { bot: 0, chat: 0 },
      tooManyRequests: 0,
    });
    expect(rateOf(crowd)).toBeGreaterThan(LEAST_USED * PER_SECOND);
  });
});

describe("two broadcasts of one bot at once", () => {
  it("share what is allowed, and break no limit together", async () => {
    const [one, other] = [await crowdOf(90), await crowdOf(90)];

    const calls = await Promise.all([tell("Первая из двух", one), tell("Вторая из двух", other)]);
    for (const callId of calls) await finished(callId);

    // One may have begun before the other, and the other goes on alone when it is through.
    const [from, to] = [
      Math.max(...[one, other].map(({ arrivals }) => arrivals[0]?.at ?? 0)),
      Math.min(...[one, other].map(({ arrivals }) => arrivals.at(-1)?.at ?? 0)),
    ];
    const told = [one, other].map(
      ({ arrivals }) => arrivals.filter(({ at }) => at >= from && at <= to).length,
    );
    expect(to - from).toBeGreaterThan(1_000);
    expect(Math.min(...told) / Math.max(...told)).toBeGreaterThan(0.5);
    expect([one.arrivals.length, other.arrivals.length]).toEqual([90, 90]);
    expect(await world.telegram.stats()).toMatchObject({
      limitsBroken: { bot: 0, chat: 0 },
      tooManyRequests: 0,
    });
  });
});
