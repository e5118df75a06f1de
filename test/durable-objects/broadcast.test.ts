import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { acceptCall } from "../../schema/audience.ts";
import { callReport } from "../../schema/call-report.ts";
import { database } from "../../schema/database.ts";
import { demo, signIn } from "../workers/demo.ts";
import { Network } from "../workers/network.ts";

const db = database(env.DB);
const post = {
  postId: "1",
  authorId: "3",
  authorName: "Н",
  text: "Новость",
  picture: null,
  url: "http://site.test/1",
};
let network: Network;
let calls = 0;

beforeEach(async () => {
  network = new Network();
  await demo(network);
  await signIn(127, network);
});

async function accept() {
  const callId = `broadcast-${++calls}`;
  const call = { callId, botId: "1", alias: "post/new", tokenId: "dev", data: JSON.stringify({ post }) };
  await acceptCall(db, { ...call, userIds: ["127"], now: new Date() });
  return { call: { callId, botId: "1" }, broadcast: env.BROADCASTS.getByName(callId) };
}

const states = async (callId: string) => (await callReport(db, "1", callId))?.states;
const news = () => network.texts(127).filter((text) => text.includes("Новость"));

/** Rings the alarm, at a moved clock, until `done`; bounded, so that a broadcast that never ends fails the test. */
async function ringUntil(
  broadcast: ReturnType<typeof env.BROADCASTS.getByName>,
  done: () => Promise<boolean>,
) {
  for (let rung = 0; rung < 40; rung += 1) {
    if (await done()) return;
    await runDurableObjectAlarm(broadcast);
  }
  throw new Error("The broadcast came to no end");
}

describe("a broadcast", () => {
  it("brings the message, finishes the call, and forgets itself", async () => {
    const { call, broadcast } = await accept();

    await broadcast.start(call);
    await vi.waitUntil(async () => (await states(call.callId))?.sent === 1, { timeout: 10_000 });
    await ringUntil(broadcast, async () => (await callReport(db, "1", call.callId))?.finishedAt != null);

    expect(news()).toHaveLength(1);
    const kept = await runInDurableObject(broadcast, async (_, state) => (await state.storage.list()).size);
    expect(kept).toBe(0);
  });

  it("that is started twice sends once", async () => {
    const { call, broadcast } = await accept();

    await Promise.all([broadcast.start(call), broadcast.start(call)]);
    await vi.waitUntil(async () => (await states(call.callId))?.sent === 1, { timeout: 10_000 });

    expect(news()).toHaveLength(1);
  });

  it("queues again what the queue has lost", async () => {
    const { call, broadcast } = await accept();
    await runInDurableObject(broadcast, async (_, state) => {
      // As after a queue that was emptied: all was queued, and nobody has moved since.
      const progress = { cursor: 0, queueing: false, left: 1, still: 2, since: Date.now() };
      await state.storage.put({ call, progress });
      await state.storage.setAlarm(Date.now() + 60_000);
    });

    await runDurableObjectAlarm(broadcast);
    await runDurableObjectAlarm(broadcast);
    await vi.waitUntil(async () => (await states(call.callId))?.sent === 1, { timeout: 10_000 });

    expect(news()).toHaveLength(1);
  });

  it("whose alarm was lost goes on when it is started again", async () => {
    const { call, broadcast } = await accept();
    await runInDurableObject(broadcast, async (_, state) => {
      await state.storage.put({
        call,
        progress: { cursor: -1, queueing: true, left: 1, still: 0, since: Date.now() },
      });
    });

    await broadcast.start(call);

    await vi.waitUntil(async () => (await states(call.callId))?.sent === 1, { timeout: 10_000 });
  });

  it("gives up after two days, and the ledger says so", async () => {
    const { call, broadcast } = await accept();
    await runInDurableObject(broadcast, async (_, state) => {
      const since = Date.now() - 49 * 60 * 60 * 1000;
      await state.storage.put({ call, progress: { cursor: 0, queueing: false, left: 1, still: 1, since } });
      await state.storage.setAlarm(Date.now() + 60_000);
    });

    await runDurableObjectAlarm(broadcast);

    expect(await states(call.callId)).toMatchObject({ failed: 1, queued: 0 });
    expect((await callReport(db, "1", call.callId))?.finishedAt).not.toBeNull();
  });
});
