import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { beforeAll, describe, expect, it } from "vitest";
import type { CallId } from "../../contract/ports.ts";
import { demo, messageOf } from "../workers/demo.ts";
import { Network } from "../workers/network.ts";
import { broadcastOf, isForgotten, newsOn, ringing, setClock } from "./broadcasts.ts";
import { changeLedger, holdTheEnd } from "./mishaps.ts";
import { consume, house, queueOf } from "./queue-by-hand.ts";
import { conversationOf, crash, eventually, NEWS, PATIENCE, pushTo, stateOf } from "./stage.ts";

const AT_ONCE = { concurrent: true, timeout: PATIENCE.timeout };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let network: Network;
let stages = 41_000;

beforeAll(async () => {
  network = new Network();
  await demo(network);
});

const gotNews = (chat: number) => network.texts(chat).filter((text) => text.includes(NEWS)).length;

/** A call that tells so many people the news, on a stage of its own. */
function news(people?: number, expiresAt?: number) {
  stages += 10;
  return newsOn(stages, people, expiresAt);
}

/** The call's chunks lie in the queue. */
async function queued(call: CallId) {
  const queue = await queueOf(call.callId);
  await broadcastOf(call).start(call);
  await eventually(() => queue.length > 0);
  return queue;
}

describe("a process that dies while it stops a call", AT_ONCE, () => {
  it.each([
    ["cancel", "cancelled"],
    ["pause", "paused"],
  ] as const)("leaves to the next %s that nothing leaves after its answer", async (verb, state) => {
    const { anna, call } = await news();
    const queue = await queued(call);
    const first = broadcastOf(call)
      [verb](call)
      .catch(() => "died");
    await eventually(async () => (await stateOf(call)) === state);
    await crash(broadcastOf(call));
    await first;

    const answer = await broadcastOf(call)[verb](call);
    await consume(queue);

    expect([answer.state, gotNews(anna)]).toEqual([state, 0]);
  });
});

describe("a call that was paused while nobody knew of a message", AT_ONCE, () => {
  it("and is cancelled after an eviction asks what became of it", async () => {
    const { anna, call, outcome } = await news();
    const queue = await queued(call);
    const dies = () => new Promise<never>(() => {});
    void consume(queue, { ...house, ledger: { ...house.ledger, record: dies } });
    await eventually(() => gotNews(anna) === 1);
    await broadcastOf(call).pause(call);
    await runDurableObjectAlarm(broadcastOf(call));
    await evictDurableObject(broadcastOf(call));
    await setClock(call, () => Date.now() + MINUTE);

    await broadcastOf(call).cancel(call);
    await ringing(call, () => isForgotten(call));

    expect([gotNews(anna), await outcome()]).toEqual([1, "sent"]);
  });
});

describe("a call that stands paused", AT_ONCE, () => {
  it("is cancelled at once after an eviction: all who were out were back", async () => {
    const { call, outcome } = await news();
    await broadcastOf(call).pause(call);
    await evictDurableObject(broadcastOf(call));

    const began = Date.now();
    await broadcastOf(call).cancel(call);

    expect(await outcome()).toBe("cancelled");
    expect(Date.now() - began).toBeLessThan(5_000);
  });

  it.each(["resume", "pause", "progress"] as const)(
    "and whose closing alarm was lost goes on once it is asked to %s",
    async (verb) => {
      const { call } = await news(1, Date.now() + HOUR);
      await broadcastOf(call).pause(call);
      await runDurableObjectAlarm(broadcastOf(call));
      await runInDurableObject(broadcastOf(call), async (_, { storage }) => {
        const course = storage.kv.get("course") as object;
        storage.kv.put("course", { ...course, ending: { state: "expired", reason: "not-sent" } });
        await storage.deleteAlarm();
      });
      await setClock(call, () => Date.now() + HOUR + MINUTE);

      if (verb === "progress") await broadcastOf(call).progress();
      else await broadcastOf(call)[verb](call);
      await ringing(call, () => isForgotten(call));

      expect(await stateOf(call)).toBe("finished");
    },
  );
});

describe("two who steer a call at once", AT_ONCE, () => {
  it("leave it cancelled, where a resume runs into a cancel", async () => {
    const { call, outcome } = await news();
    await broadcastOf(call).pause(call);
    await runDurableObjectAlarm(broadcastOf(call));
    let asked = 0;
    let isHeld = true;
    await changeLedger(call, (ledger) => ({
      call: async (callId) => {
        const found = await ledger.call(callId);
        asked += 1;
        await eventually(() => !isHeld);
        return found;
      },
    }));

    const resumed = broadcastOf(call).resume(call);
    await eventually(() => asked > 0);
    const cancelled = broadcastOf(call).cancel(call);
    await eventually(async () => (await stateOf(call)) === "cancelled");
    isHeld = false;
    await resumed;
    await ringing(call, () => isForgotten(call));

    expect([(await cancelled).state, await stateOf(call), await outcome()]).toEqual([
      "cancelled",
      "cancelled",
      "cancelled",
    ]);
  });

  it("leave it finished, where a pause comes as it has just ended", async () => {
    const { call } = await news();
    let isFinished = false;
    let isHeld = true;
    let held = 0;
    await changeLedger(call, (ledger) => ({
      setState: async (callId, state, at) => {
        await ledger.setState(callId, state, at);
        if (state === "finished") isFinished = true;
      },
      underWayCount: async (callId) => {
        if (isFinished) {
          held += 1;
          await eventually(() => !isHeld);
        }
        return ledger.underWayCount(callId);
      },
    }));
    await broadcastOf(call).start(call);
    await eventually(() => held > 0);

    await broadcastOf(call).pause(call);
    isHeld = false;
    await eventually(() => isForgotten(call));

    expect(await stateOf(call)).toBe("finished");
  });

  it("leave it paused, where somebody was put under way again just before", async () => {
    const { call, anna } = await news();
    const end = await holdTheEnd(call);
    network.answerers.unshift(({ body }) => (body.chat_id === anna ? refusal() : undefined));
    await broadcastOf(call).start(call);
    await end.isHolding();
    await house.ledger.requeueFailed(call.callId, Date.now());

    const paused = broadcastOf(call).pause(call);
    end.letGo();

    expect((await paused).state).toBe("paused");
    await runDurableObjectAlarm(broadcastOf(call));
    expect(await stateOf(call)).toBe("paused");
  });
});

describe("a cancel after an eviction", () => {
  it("asks after everybody who may have been handed out", async () => {
    const { call } = await news(3_500);
    await broadcastOf(call).start(call);
    await runInDurableObject(broadcastOf(call), async (_, { storage }) => {
      const course = storage.kv.get("course") as object;
      storage.kv.put("course", { ...course, state: "running", cursor: 2_999, isOut: true });
      await storage.deleteAlarm();
    });
    await evictDurableObject(broadcastOf(call));
    const queue = await queueOf(call.callId);
    await setClock(call, () => Date.now() + MINUTE);
    const asked = new Set<number>();

    await broadcastOf(call).cancel(call);
    await ringing(call, async () => {
      for (const { chunk, recipients } of queue.splice(0)) {
        for (const { seq } of recipients) asked.add(seq);
        const again = recipients.map((candidate) => ({
          candidate,
          at: Date.now(),
          isFailure: false,
          isKnown: true,
        }));
        await broadcastOf(call).report({ chunk, again, isDown: false, quietUntil: null, queueAgeMs: 0 });
      }
      return isForgotten(call);
    });

    expect(asked.size).toBe(3_500);
  }, 60_000);
});

describe("a chat in which something takes long", AT_ONCE, () => {
  it("does not let a delivery behind it be taken for one on the wire", async () => {
    const { stage, anna, call, outcome } = await news();
    let isHeld = true;
    let held = 0;
    network.answerers.unshift(({ body }) => {
      if (body.chat_id !== anna) return undefined;
      held += 1;
      return eventually(() => !isHeld).then(() => Response.json({ ok: true, result: { message_id: 1 } }));
    });
    const queue = await queued(call);
    await pushTo(stage, messageOf(anna, { text: "/menu" }));
    await eventually(() => held > 0);
    await pushTo(stage, messageOf(anna, { text: "/help" }));
    await crash(conversationOf(stage, anna));
    // What is to be said is said by whoever wakes it: here by the delivery.
    await runInDurableObject(conversationOf(stage, anna), (_, { storage }) => storage.deleteAlarm());

    await consume(queue.splice(0));
    expect(held).toBe(2);

    expect(await outcome()).toBe("deferred: chat-busy");
    isHeld = false;
  });
});

function refusal(): Response {
  return Response.json({ ok: false, error_code: 400, description: "Bad Request" }, { status: 400 });
}
