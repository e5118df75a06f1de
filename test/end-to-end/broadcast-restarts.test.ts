import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type Crowd, crowdIn } from "../world/crowd-in.ts";
import { askJson } from "../world/json.ts";
import { until } from "../world/until.ts";
import { startWorld, type World } from "../world/world.ts";

let world: World;

beforeAll(async () => {
  world = await startWorld({ siteTells: false });
  const db = await world.worker.database();
  await db.prepare("UPDATE bots SET per_second = 1000, paid_broadcast = 1").run();
});
afterAll(() => world?.close());

/** What a broadcast may take until all that a restart interrupted has gone on, ms. */
const RECOVERY = 90_000;
/** How long a message may be on the wire, ms: a busy machine is slow. */
const ON_THE_WIRE = 3_000;

const Page = z.object({
  recipients: z.array(z.object({ userId: z.number(), state: z.string(), reason: z.string().nullable() })),
  nextCursor: z.string().nullable(),
});

/** What the ledger says of each recipient of a call, or of those in a state. */
async function ledger(callId: string, state?: string): Promise<ReadonlyMap<number, string>> {
  const lines = new Map<number, string>();
  let cursor: string | null = null;
  do {
    const query = new URLSearchParams({ limit: "1000", ...(state && { state }), ...(cursor && { cursor }) });
    const headers = { Authorization: "Bearer dev-token" };
    const { body } = await askJson(`${world.api.bot}/calls/${callId}/recipients?${query}`, { headers });
    const page = Page.parse(body);
    for (const { userId, state, reason } of page.recipients)
      lines.set(userId, reason === null ? state : `${state}: ${reason}`);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return lines;
}

/** Kills the Worker as soon as so many of the crowd were told, and starts it again; when it was gone. */
async function killAt(told: number, { arrivals }: Crowd): Promise<{ from: number; to: number }> {
  await until(
    `${told} were told`,
    () => arrivals.length,
    (now) => now >= told,
    RECOVERY,
  );
  const from = Date.now();
  await world.worker.restart();
  return { from, to: Date.now() };
}

describe("a broadcast to 2,000 people during which the Worker is killed three times", () => {
  it("ends complete, with no double, and uncertain only of those to whom something was on the wire", async () => {
    const crowd = await crowdIn(world, 100_000, 2_000);
    const words = "Весть для двух тысяч";
    const postId = await world.site.post(words);

    const { callId } = await world.api.accepted("post/new", { postId, authorId: 3, userIds: crowd.ids });
    const gone = [await killAt(200, crowd), await killAt(700, crowd), await killAt(1_300, crowd)];
    await world.api.untilReport(callId, ({ state }) => state === "finished", RECOVERY);

    const lines = await ledger(callId);
    const counts = crowd.counts(words);
    expect(lines.size).toBe(2_000);
    expect(Math.max(...counts)).toBe(1);
    const of = (state: string) => crowd.ids.filter((id) => lines.get(id) === state);
    const uncertain = of("uncertain: connection-lost");
    expect(of("sent").length + uncertain.length).toBe(2_000);
    expect(crowd.ids.filter((id, at) => counts[at] === 0 && !uncertain.includes(id))).toEqual([]);
    const wasGone = (at: number) => gone.some(({ from, to }) => at > from - ON_THE_WIRE && at < to);
    const arrivedOf = crowd.arrivals.filter(({ id }) => uncertain.includes(id));
    expect(arrivedOf.filter(({ at }) => !wasGone(at))).toEqual([]);
    expect(await ledger(callId, "uncertain")).toEqual(new Map(uncertain.map((id) => [id, lines.get(id)])));
  }, 240_000);
});

describe("a Worker that is killed while Telegram has a message of its and has not answered", () => {
  it("does not send it again: the API says uncertain of that recipient, and sent of the others", async () => {
    const crowd = await crowdIn(world, 200_000, 3);
    const [first = 0, slow = 0, last = 0] = crowd.ids;
    const words = "Между отправкой и записью";
    const postId = await world.site.post(words);
    await world.telegram.fault({ user: slow, method: "sendMessage", delay_ms: 4_000 });
    const { callId } = await world.api.accepted("post/new", { postId, authorId: 3, userIds: crowd.ids });
    const others = () => crowd.counts(words).filter((count) => count === 1).length;
    await until("the others were told", others, (told) => told === 2);
    await world.worker.restart();

    const report = await world.api.untilReport(callId, ({ state }) => state === "finished", RECOVERY);
    expect(report.states).toMatchObject({ uncertain: 1, sent: 2, queued: 0, deferred: 0 });
    expect(await ledger(callId, "uncertain")).toEqual(new Map([[slow, "uncertain: connection-lost"]]));
    expect([...(await ledger(callId, "sent")).keys()]).toEqual([first, last]);
    await until("what was on the wire has come", others, (told) => told === 3);
    expect(crowd.counts(words)).toEqual([1, 1, 1]);
  }, 120_000);
});
