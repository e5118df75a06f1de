import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { DeliveryChunk } from "../../contract/delivery.ts";
import type { CallId } from "../../contract/ports.ts";
import { demo } from "../workers/demo.ts";
import { Network } from "../workers/network.ts";
import { breakLedger, holdFirst, holdTheEnd, refuse, refuseSecond } from "./mishaps.ts";
import { consume, house, queueOf } from "./queue-by-hand.ts";
import {
  acceptNews,
  conversationOf,
  crash,
  eventually,
  ledgerOf,
  NEWS,
  PATIENCE,
  setStage,
  stateOf,
} from "./stage.ts";

/** A cancel may wait some seconds: the tests run at once, with one network for all and a stage for each. */
const AT_ONCE = { concurrent: true, timeout: PATIENCE.timeout };
let network: Network;
let stages = 30_000;

beforeAll(async () => {
  network = new Network();
  await demo(network);
});

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Number of a stage with more people than have room on one: the next ten must not be set. */
const CROWDED = 31_000;

const broadcastOf = ({ callId }: CallId) => env.BROADCASTS.getByName(callId);
const gotNews = (chat: number) => network.texts(chat).filter((text) => text.includes(NEWS)).length;
const isIn = async (call: CallId, state: string) => (await stateOf(call)) === state;

/** A stage with one person, and a call for them. */
async function newsForOne() {
  const stage = await setStage(nextStage(), 1);
  const [anna = 0] = stage.people;
  const call = await acceptNews(stage);
  const outcome = async () => (await ledgerOf(call.callId)).get(anna);
  return { stage, anna, call, broadcast: broadcastOf(call), outcome };
}

function nextStage(): number {
  stages += 1;
  return stages;
}

/** Puts the one whom a call tells into a queue that nobody consumes yet. */
async function inQueue(call: CallId): Promise<DeliveryChunk[]> {
  const queue = await queueOf(call.callId);
  await broadcastOf(call).start(call);
  await eventually(() => queue.length > 0);
  return queue;
}

/** Pauses a call, until nothing would wake its broadcast any more. */
async function hold(call: CallId): Promise<void> {
  await broadcastOf(call).pause(call);
  await runDurableObjectAlarm(broadcastOf(call));
}

/** Sets a broadcast's clock. An eviction sets it right again. */
const setClock = (call: CallId, clock: () => number) =>
  runInDurableObject(broadcastOf(call), (broadcast) => {
    (broadcast as unknown as { clock: () => number }).clock = clock;
  });

/** Whether a broadcast is through with its call. */
const hasForgotten = (call: CallId) =>
  runInDurableObject(broadcastOf(call), (_, { storage }) => [...storage.kv.list()].length === 0);

describe("a call of which the database fails for a moment", AT_ONCE, () => {
  it("while it is resumed can be resumed again, and goes on", async () => {
    const { anna, call, broadcast } = await newsForOne();
    await hold(call);
    const ledger = await breakLedger(call, "setState");

    const first = await runInDurableObject(broadcast, (object) => object.resume(call).catch(String));
    ledger.mend();
    await broadcast.resume(call);
    await eventually(() => isIn(call, "finished"));

    expect(first).toBe("Error: D1 is down");
    expect(gotNews(anna)).toBe(1);
  });

  it("while it is cancelled is cancelled in the end, though nobody asks again", async () => {
    const { anna, call, broadcast, outcome } = await newsForOne();
    await hold(call);
    const ledger = await breakLedger(call, "settleRest");

    const cancelled = await runInDurableObject(broadcast, (object) => object.cancel(call).catch(String));
    ledger.mend();
    await eventually(async () => {
      await runDurableObjectAlarm(broadcast);
      return (await outcome()) === "cancelled";
    });

    expect(cancelled).toBe("Error: D1 is down");
    expect(await stateOf(call)).toBe("cancelled");
    expect(gotNews(anna)).toBe(0);
  });
});

describe("a call that is over, but for somebody who wants quiet", () => {
  it("is cancelled for them, also where that was cut short the first time", async () => {
    const { call, broadcast, outcome } = await newsForOne();
    const at = Date.now();
    const kept = { state: "deferred", reason: "paused" } as const;
    await house.ledger.record([{ callId: call.callId, seq: 0, outcome: kept, at }]);
    await house.ledger.setState(call.callId, "finished", at);
    const ledger = await breakLedger(call, "settleRest");

    const first = await runInDurableObject(broadcast, (object) => object.cancel(call).catch(String));
    ledger.mend();
    const second = await broadcast.cancel(call);

    expect(first).toBe("Error: D1 is down");
    expect(second).toEqual({ state: "cancelled", onTheWire: 0 });
    expect([await stateOf(call), await outcome()]).toEqual(["cancelled", "cancelled"]);
  });

  it("can't be cancelled once nobody is left", async () => {
    const { call, broadcast, outcome } = await newsForOne();
    const outcomes = [{ callId: call.callId, seq: 0, outcome: { state: "sent" }, at: Date.now() } as const];
    await house.ledger.record(outcomes);
    await house.ledger.setState(call.callId, "finished", Date.now());

    expect(await broadcast.cancel(call)).toEqual({ state: "finished", onTheWire: 0 });
    expect(await outcome()).toBe("sent");
  });
});

describe("once a cancel was answered, nothing leaves", AT_ONCE, () => {
  it("of what is still in the queue, however slow that is", async () => {
    const { anna, call, broadcast, outcome } = await newsForOne();
    const queue = await inQueue(call);

    const { state } = await broadcast.cancel(call);
    await consume(queue);

    expect(state).toBe("cancelled");
    expect(gotNews(anna)).toBe(0);
    expect(await outcome()).toBe("cancelled");
  });

  it("of what an eviction forgot in the queue", async () => {
    const { anna, call, broadcast, outcome } = await newsForOne();
    const queue = await inQueue(call);
    await evictDurableObject(broadcast);

    const { state } = await broadcast.cancel(call);
    await consume(queue);
    await eventually(async () => (await outcome()) === "cancelled");

    expect(state).toBe("cancelled");
    expect(gotNews(anna)).toBe(0);
  });

  it("of what waits for its turn in a busy conversation", async () => {
    const stage = await setStage(nextStage(), 1);
    const [anna = 0] = stage.people;
    const held = holdFirst(network, anna);
    const one = await acceptNews(stage, "one", "ONE");
    const oneConsumed = consume(await inQueue(one));
    await held.isHolding();
    const two = await acceptNews(stage, "two", "TWO");
    const twoConsumed = consume(await inQueue(two));

    const stopped = await broadcastOf(two).cancel(two);
    await Promise.all([oneConsumed, twoConsumed]);
    held.letGo();
    // Turns are taken in order: once a third call is through, the second had its turn.
    const three = await acceptNews(stage, "three", "THREE");
    await broadcastOf(three).start(three);
    await eventually(() => isIn(three, "finished"));

    expect(stopped).toEqual({ state: "cancelled", onTheWire: 0 });
    expect(network.texts(anna).map((text) => /ONE|TWO|THREE/.exec(text)?.[0])).toEqual(["ONE", "THREE"]);
    expect((await ledgerOf(two.callId)).get(anna)).toBe("cancelled");
  });
});

describe("a cancelled call", AT_ONCE, () => {
  it("does not call it cancelled what may have arrived before its conversation crashed", async () => {
    const { stage, anna, call, broadcast, outcome } = await newsForOne();
    const held = holdFirst(network, anna);
    const queue = await inQueue(call);
    const consumed = consume(queue.splice(0));
    await held.isHolding();

    const cancelled = broadcast.cancel(call);
    await eventually(() => isIn(call, "cancelled"));
    await crash(conversationOf(stage, anna));
    await Promise.all([consumed, cancelled]);
    await eventually(async () => {
      await consume(queue.splice(0));
      await runDurableObjectAlarm(broadcast);
      return hasForgotten(call);
    });

    expect(await outcome()).toBe("uncertain: connection-lost");
    expect(gotNews(anna)).toBe(1);
  });

  it("does not call it cancelled what was sent, and never written down, before an eviction", async () => {
    const { anna, call, broadcast, outcome } = await newsForOne();
    const queue = await inQueue(call);
    const dies = () => new Promise<never>(() => {});
    void consume(queue, { ...house, ledger: { ...house.ledger, record: dies } });
    await eventually(() => gotNews(anna) === 1);
    await evictDurableObject(broadcast);
    // What the eviction forgot can't be begun with any more: the cancel need not wait for it.
    await setClock(call, () => Date.now() + MINUTE);

    const { state } = await broadcast.cancel(call);
    await eventually(async () => {
      await runDurableObjectAlarm(broadcast);
      return (await outcome()) !== "queued";
    });

    expect(state).toBe("cancelled");
    expect(await outcome()).toBe("sent");
    expect(gotNews(anna)).toBe(1);
  });

  it("asks after what is on the wire ever later, not without a pause", async () => {
    const stage = await setStage(nextStage(), 1);
    const [anna = 0] = stage.people;
    const call = await acceptNews(stage, "long", "Д".repeat(6_000));
    refuseSecond(network, anna);
    const queue = await inQueue(call);
    await consume(queue.splice(0));
    // An hour ahead no alarm rings by itself.
    let now = Date.now() + HOUR;
    await setClock(call, () => now);
    const inquiriesOf = async (rings: number) => {
      let inquiries = 0;
      for (let ring = 0; ring < rings; ring += 1) {
        await runDurableObjectAlarm(broadcastOf(call));
        inquiries += queue.length;
        await consume(queue.splice(0));
      }
      return inquiries;
    };

    const stopped = await broadcastOf(call).cancel(call);
    const inquiries = [await inquiriesOf(10)];
    now += 2 * SECOND;
    inquiries.push(await inquiriesOf(10));
    now += 2 * SECOND;
    inquiries.push(await inquiriesOf(10));

    expect(stopped).toEqual({ state: "cancelled", onTheWire: 1 });
    expect(inquiries).toEqual([1, 1, 0]);
    expect((await ledgerOf(call.callId)).get(anna)).toBe("deferred: on-the-wire");
  });

  it("of ten thousand says that none of them is on the wire", async () => {
    const stage = await setStage(CROWDED, 10_500);
    const call = await acceptNews(stage);

    const stopped = await broadcastOf(call).cancel(call);

    expect(stopped).toEqual({ state: "cancelled", onTheWire: 0 });
  });
});

describe("a redrive", AT_ONCE, () => {
  it("while the call is about to finish leaves nobody behind", async () => {
    const { anna, call, broadcast, outcome } = await newsForOne();
    const telegram = refuse(network, anna);
    const end = await holdTheEnd(call);
    await broadcast.start(call);
    await end.isHolding();
    telegram.takes();

    const { changed } = await broadcast.redrive(call);
    end.letGo();
    await eventually(async () => (await outcome()) === "sent" && (await isIn(call, "finished")));

    expect(changed).toBe(1);
    expect(gotNews(anna)).toBe(2);
  });

  it("after an end at which the call was started once more wakes it all the same", async () => {
    const { anna, call, broadcast, outcome } = await newsForOne();
    const telegram = refuse(network, anna);
    const end = await holdTheEnd(call);
    await broadcast.start(call);
    await end.isHolding();
    await broadcast.start(call);
    end.letGo();
    await eventually(() => hasForgotten(call));
    telegram.takes();

    const { changed } = await broadcast.redrive(call);
    await eventually(async () => (await outcome()) === "sent" && (await isIn(call, "finished")));

    expect(changed).toBe(1);
    expect(gotNews(anna)).toBe(2);
  });
});
