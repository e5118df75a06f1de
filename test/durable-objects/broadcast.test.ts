import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { acceptCall } from "../../schema/audience.ts";
import { callReport } from "../../schema/call-report.ts";
import { database } from "../../schema/database.ts";
import { demo, signIn } from "../workers/demo.ts";
import { type Left, Network, telegramRefuses } from "../workers/network.ts";

const db = database(env.DB);
const post = {
  postId: "1",
  authorId: "3",
  authorName: "Н",
  text: "Новость",
  picture: null,
  url: "http://site.test/1",
};
const HOUR = 60 * 60 * 1000;
let network: Network;
let calls = 0;
/** Two people of each test's own: a chat takes but one message a second. */
let alice = 2000;
let bob = 2001;

beforeEach(async () => {
  network = new Network();
  await demo(network);
  [alice, bob] = [alice + 2, bob + 2];
  await signIn(alice, network);
  await signIn(bob, network);
});

async function accept(more: { sendAt?: number; expiresAt?: number } = {}) {
  const callId = `broadcast-${++calls}`;
  await acceptCall(db, {
    callId,
    botId: "1",
    alias: "post/new",
    tokenId: "dev",
    data: JSON.stringify({ post }),
    audience: { userIds: [String(alice), String(bob)] },
    leadsTold: "recent",
    critical: false,
    sendAt: more.sendAt ?? null,
    expiresAt: more.expiresAt ?? null,
    now: Date.now(),
  });
  return { call: { callId, botId: "1" }, broadcast: env.BROADCASTS.getByName(callId) };
}

type Broadcast = ReturnType<typeof env.BROADCASTS.getByName>;

const report = async ({ callId }: { callId: string }) => {
  const found = await callReport(db, "1", callId);
  if (!found) throw new Error("There is no such call");
  return found;
};
const isNews = ({ url, body }: Left) => url.host === "telegram.test" && String(body.text).includes("Новость");
const news = () => network.left.filter(isNews);

const reaches = (call: { callId: string }, state: string) =>
  vi.waitUntil(async () => (await report(call)).state === state, { timeout: 15_000 });

/** Moves a broadcast's clock on by `ms`, and rings its alarm whenever it is set, until the call is finished. */
async function goesOn(call: { callId: string }, broadcast: Broadcast, ms: number): Promise<void> {
  await runInDurableObject(broadcast, (instance) => {
    (instance as unknown as { clock: () => number }).clock = () => Date.now() + ms;
  });
  const isFinished = async () => {
    await runDurableObjectAlarm(broadcast);
    return (await report(call)).state === "finished";
  };
  await vi.waitUntil(isFinished, { timeout: 15_000 });
}

/** A call as its broadcast keeps it. */
function planOf({ callId, botId }: { callId: string; botId: string }) {
  return {
    callId,
    botId,
    alias: "post/new",
    critical: false,
    sendAt: null,
    expiresAt: null,
    isResolving: false,
  };
}

/** Holds the news on its way to a chat until it is let go. */
function hold(chat: number) {
  const { promise, resolve } = Promise.withResolvers<void>();
  network.answerers.unshift((left) =>
    isNews(left) && left.body.chat_id === chat
      ? promise.then(() => Response.json({ ok: true, result: { message_id: 900 } }))
      : undefined,
  );
  return {
    letGo: resolve,
    isHolding: () =>
      vi.waitUntil(() => news().some(({ body }) => body.chat_id === chat), { timeout: 15_000 }),
  };
}

describe("a broadcast", () => {
  it("brings everybody the message, finishes the call, and forgets itself", async () => {
    const { call, broadcast } = await accept();

    await broadcast.start(call);
    await reaches(call, "finished");

    expect((await report(call)).states).toMatchObject({ sent: 2 });
    expect(news()).toHaveLength(2);
    const kept = await runInDurableObject(broadcast, (_, state) => [...state.storage.kv.list()].length);
    expect(kept).toBe(0);
  });

  it("that is started twice, and evicted in between, sends once", async () => {
    const { call, broadcast } = await accept();

    await Promise.all([broadcast.start(call), broadcast.start(call)]);
    await evictDurableObject(broadcast);
    await broadcast.start(call);
    await reaches(call, "finished");

    expect(news()).toHaveLength(2);
  });

  it("that the first version of this code began goes on in today's", async () => {
    const { call, broadcast } = await accept();
    await runInDurableObject(broadcast, async (_, state) => {
      const progress = { cursor: 1, queueing: false, left: 2, still: 0, since: Date.now() };
      await state.storage.put({ call, progress });
      await state.storage.setAlarm(Date.now());
    });

    await reaches(call, "finished");

    expect((await report(call)).states).toMatchObject({ sent: 2 });
    expect(news()).toHaveLength(2);
  });

  it("brings what the queue has lost with its next round, and doubles nothing", async () => {
    const { call, broadcast } = await accept();
    await runInDurableObject(broadcast, (_, state) => {
      // As after a queue that was emptied: all was handed out, and an eviction forgot to whom.
      state.storage.kv.put("plan", planOf(call));
      state.storage.kv.put("course", {
        state: "running",
        cursor: 1,
        round: 0,
        lateSince: null,
        ending: null,
      });
    });

    await broadcast.start(call);
    await goesOn(call, broadcast, 3_000);

    expect(news()).toHaveLength(2);
  });

  it("gives up after two days, and the ledger says so", async () => {
    const { call, broadcast } = await accept();
    await runInDurableObject(broadcast, (_, state) => {
      state.storage.kv.put("plan", planOf(call));
      const lateSince = Date.now() - 49 * HOUR;
      state.storage.kv.put("course", { state: "running", cursor: 1, round: 9, lateSince, ending: null });
    });

    await broadcast.start(call);
    await reaches(call, "finished");

    expect((await report(call)).states).toMatchObject({ failed: 2 });
    expect(news()).toHaveLength(0);
  });

  it("waits for its time", async () => {
    const { call, broadcast } = await accept({ sendAt: Date.now() + HOUR });
    await broadcast.start(call);
    await runDurableObjectAlarm(broadcast);
    expect(news()).toHaveLength(0);
    expect((await report(call)).state).toBe("scheduled");

    await goesOn(call, broadcast, HOUR + 1_000);

    expect(news()).toHaveLength(2);
  });

  it.each(["is started once more", "is looked at"])(
    "whose alarm was lost goes on once it %s",
    async (how) => {
      const { call, broadcast } = await accept({ sendAt: Date.now() + HOUR });
      await broadcast.start(call);
      // An alarm that is still to ring in an hour, and should have rung a minute ago, stands for one that never will.
      await runInDurableObject(broadcast, (instance) => {
        (instance as unknown as { clock: () => number }).clock = () => Date.now() + HOUR + 60_000;
      });

      await (how === "is looked at" ? broadcast.progress() : broadcast.start(call));
      // Its clock goes ahead of the platform's, which rings at its own.
      expect(await runInDurableObject(broadcast, (_, state) => state.storage.getAlarm())).toBeGreaterThan(
        Date.now() + HOUR + 50_000,
      );
      await goesOn(call, broadcast, HOUR + 60_000);

      expect(news()).toHaveLength(2);
    },
  );

  it("tells nobody after it has expired", async () => {
    const { call, broadcast } = await accept({ expiresAt: Date.now() + HOUR });
    await broadcast.pause(call);

    await goesOn(call, broadcast, HOUR + 1_000);

    expect((await report(call)).states).toMatchObject({ expired: 2 });
    expect(news()).toHaveLength(0);
  });

  it("that is paused tells nobody until it is resumed", async () => {
    const { call, broadcast } = await accept();

    expect(await broadcast.pause(call)).toEqual({ state: "paused", onTheWire: 0 });
    await broadcast.start(call);
    await runDurableObjectAlarm(broadcast);
    expect(news()).toHaveLength(0);
    expect((await report(call)).state).toBe("paused");
    expect(await broadcast.resume(call)).toEqual({ state: "running", changed: 2 });
    await reaches(call, "finished");

    expect(news()).toHaveLength(2);
  });

  it("that is cancelled tells nobody any more, not even when it is started again", async () => {
    const { call, broadcast } = await accept();

    expect(await broadcast.cancel(call)).toEqual({ state: "cancelled", onTheWire: 0 });
    await broadcast.start(call);
    await broadcast.resume(call);
    await runDurableObjectAlarm(broadcast);

    expect((await report(call)).states).toMatchObject({ cancelled: 2 });
    expect(news()).toHaveLength(0);
    expect(await broadcast.redrive(call)).toEqual({ state: "cancelled", changed: 0 });
  });

  it("that is cancelled right after an eviction waits for what that forgot, and then nothing leaves", async () => {
    const { call, broadcast } = await accept();
    const held = hold(bob);
    await broadcast.start(call);
    await held.isHolding();
    await evictDurableObject(broadcast);

    const stopped = await broadcast.cancel(call);
    const sentBefore = news().length;
    held.letGo();
    await vi.waitUntil(async () => (await report(call)).states.deferred === 0, { timeout: 15_000 });

    expect(stopped).toEqual({ state: "cancelled", onTheWire: 1 });
    expect(news()).toHaveLength(sentBefore);
    expect((await report(call)).states).toMatchObject({ sent: 2, cancelled: 0 });
  }, 40_000);

  it("that is cancelled while a message is on the wire says so, and later how that ended", async () => {
    const { call, broadcast } = await accept();
    const held = hold(bob);
    await broadcast.start(call);
    await held.isHolding();

    const stopped = await broadcast.cancel(call);
    expect(stopped).toEqual({ state: "cancelled", onTheWire: 1 });
    expect((await report(call)).states).toMatchObject({ sent: 1, deferred: 1 });
    held.letGo();
    await vi.waitUntil(async () => (await report(call)).states.sent === 2, { timeout: 15_000 });

    expect(news()).toHaveLength(2);
  }, 30_000);

  it("tries those who failed once more when it is told to", async () => {
    const { call, broadcast } = await accept();
    let refused = true;
    network.answerers.unshift((left) =>
      refused && isNews(left) && left.body.chat_id === bob
        ? telegramRefuses(400, "Bad Request: can't parse")
        : undefined,
    );
    await broadcast.start(call);
    await reaches(call, "finished");
    expect((await report(call)).states).toMatchObject({ sent: 1, failed: 1 });
    refused = false;

    expect(await broadcast.redrive(call)).toEqual({ state: "running", changed: 1 });
    await vi.waitUntil(async () => (await report(call)).states.sent === 2, { timeout: 15_000 });
    await reaches(call, "finished");

    expect(news().filter(({ body }) => body.chat_id === alice)).toHaveLength(1);
  });
});
