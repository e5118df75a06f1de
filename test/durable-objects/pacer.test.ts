import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { demo } from "../workers/demo.ts";
import { Network, telegramRefuses } from "../workers/network.ts";
import { consume, queueOf } from "./queue-by-hand.ts";
import { acceptNews, eventually, ledgerOf, NEWS, type Stage, setStage, stateOf } from "./stage.ts";

let network: Network;
let stage: Stage;
let stages = 20_000;

beforeEach(async () => {
  network = new Network();
  await demo(network);
  stages += 1;
  stage = await setStage(stages, 20);
});

const SECOND = 1000;

const pacer = () => env.PACERS.getByName(`${stage.botId}/telegram`);

/** Sets the pacer's clock. An eviction sets it right again. */
const clockAt = (now: number) =>
  runInDurableObject(pacer(), (instance) => {
    (instance as unknown as { clock: () => number }).clock = () => now;
  });

/** What a broadcast asks for that could send to many. */
const many = { callId: "news", critical: false, wanted: 1_000 };
const grant = (callId = "news") => pacer().takeSlots(stage.botId, { ...many, callId });

describe("a pacer", () => {
  it("keeps a hold of the messenger's across its eviction", async () => {
    await pacer().slowDown(60);
    const { heldUntil } = await pacer().status();

    await evictDurableObject(pacer());

    expect(await pacer().status()).toMatchObject({ heldUntil, perSecond: 0 });
    expect(await pacer().takeOne(stage.botId)).toBeGreaterThan(50 * SECOND);
    expect(await grant()).toMatchObject({ slots: 0 });
  });

  it("goes on slower after a hold, also where it was evicted, and regains its rate", async () => {
    const now = Date.now();
    await pacer().slowDown(1);
    await evictDurableObject(pacer());

    await clockAt(now + 2 * SECOND);
    const after = await pacer().status();
    await clockAt(now + 60 * SECOND);
    const later = await pacer().status();

    expect(after.perSecond).toBeLessThan(30);
    expect(after.perSecond).toBeGreaterThan(15);
    expect(later.perSecond).toBe(30);
  });

  it("takes a bot's ceiling from its settings, and keeps it across its eviction", async () => {
    await env.DB.prepare("UPDATE bots SET per_second = 500 WHERE id = ?").bind(stage.botId).run();

    await grant();
    await eventually(async () => (await pacer().status()).ceiling === 500);
    await evictDurableObject(pacer());

    expect((await pacer().status()).ceiling).toBe(500);
  });

  it("has nothing in hand after an eviction, so that no second is sent twice", async () => {
    const now = Date.now();
    await clockAt(now);
    await grant();
    await clockAt(now + SECOND);
    expect((await grant()).slots).toBeGreaterThan(0);

    await evictDurableObject(pacer());
    await clockAt(now + SECOND);

    expect((await grant()).slots).toBe(0);
  });

  it("shares a bot's rate between two calls at once", async () => {
    const slots = { one: 0, other: 0 };
    const start = Date.now();
    for (let now = start; now <= start + 10 * SECOND; now += 250) {
      await clockAt(now);
      slots.one += (await grant("one")).slots;
      slots.other += (await grant("other")).slots;
    }

    expect(slots.one + slots.other).toBeGreaterThan(0.9 * 300);
    expect(slots.one + slots.other).toBeLessThanOrEqual(300 + 15);
    expect(Math.abs(slots.one - slots.other)).toBeLessThanOrEqual(30);
  });
});

describe("a 429 at one recipient", () => {
  it("holds the bot's whole broadcast as long as the messenger asks, though all is evicted, and loses nobody", async () => {
    const [first = 0] = stage.people;
    let refusedAt = 0;
    const sentAt: number[] = [];
    network.answerers.unshift(({ body }) => {
      if (!String(body.text).includes(NEWS)) return undefined;
      if (body.chat_id === first && refusedAt === 0) {
        refusedAt = Date.now();
        return telegramRefuses(429, "Too Many Requests: retry after 2", { retry_after: 2 });
      }
      sentAt.push(Date.now());
      return undefined;
    });
    const call = await acceptNews(stage);
    await env.BROADCASTS.getByName(call.callId).start(call);
    await eventually(async () => refusedAt > 0 && (await pacer().status()).heldUntil !== null);

    for (const object of [pacer(), env.BROADCASTS.getByName(call.callId)]) await evictDurableObject(object);
    await eventually(async () => (await stateOf(call)) === "finished");

    expect([...(await ledgerOf(call.callId)).values()]).toEqual(stage.people.map(() => "sent"));
    expect(sentAt).toHaveLength(20);
    // Those who were handed out together with the first had their slots already.
    const handedOut = sentAt.filter((at) => at < refusedAt + 0.5 * SECOND);
    expect(sentAt.filter((at) => at < refusedAt + 2 * SECOND)).toEqual(handedOut);
    expect(handedOut.length).toBeLessThan(20);
  });
});

describe("a chat that the messenger holds", () => {
  it("is asked for in vain at no cost: once the hold is over, it takes as much at once as before", async () => {
    const [anna = 0] = stage.people;
    const alone = { ...stage, people: [anna] };
    let isRefused = true;
    network.answerers.unshift(({ body }) => {
      if (!isRefused || body.chat_id !== anna) return undefined;
      isRefused = false;
      return telegramRefuses(429, "Too Many Requests: retry after 1", { retry_after: 1 });
    });
    const chunkOf = async (name: string) => {
      const call = await acceptNews(alone, name);
      const queue = await queueOf(call.callId);
      await env.BROADCASTS.getByName(call.callId).start(call);
      await eventually(() => queue.length > 0);
      return { callId: call.callId, chunk: queue[0] };
    };
    const state = async (callId: string) => (await ledgerOf(callId)).get(anna);
    const calls = [await chunkOf("one"), await chunkOf("two"), await chunkOf("three")];
    const [first] = calls;

    await consume([first?.chunk]);
    expect(await state(first?.callId ?? "")).toBe("deferred: channel-busy");
    for (const _ of [1, 2, 3]) await consume([first?.chunk]);
    expect(await state(first?.callId ?? "")).toBe("deferred: channel-paced");
    await eventually(async () => {
      await consume([first?.chunk]);
      return (await state(first?.callId ?? "")) === "sent";
    });
    await consume(calls.map(({ chunk }) => chunk));

    for (const { callId } of calls) expect(await state(callId)).toBe("sent");
  });
});
