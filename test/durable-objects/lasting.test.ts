import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { conversationName } from "../../contract/lead.ts";
import { callReport } from "../../schema/call-report.ts";
import { database } from "../../schema/database.ts";
import { call, demo, messageOf, push, signIn, tap } from "../workers/demo.ts";
import { Network } from "../workers/network.ts";

const HOUR = 60 * 60 * 1000;

let network: Network;
/** A chat of its own for each test: one chat may be written to once a second. */
let alice = 300;

beforeEach(async () => {
  network = new Network();
  await demo(network);
  alice += 1;
});

const conversation = () =>
  env.CONVERSATIONS.getByName(
    conversationName({ botId: "1", channel: "telegram", externalId: String(alice) }),
  );

const sees = (text: string) =>
  vi.waitUntil(() => network.texts(alice).some((one) => one.includes(text)), { timeout: 15_000 });

/** When the conversation has itself be woken; milliseconds since 1970. */
const alarmAt = () => runInDurableObject(conversation(), (_, state) => state.storage.getAlarm());

/** The process with the conversation is gone for so long; then the alarm rings, where one is set. */
async function sleeps(ms: number): Promise<void> {
  await evictDurableObject(conversation());
  const then = Date.now() + ms;
  await runInDurableObject(conversation(), (instance) => {
    (instance as unknown as { clock: () => number }).clock = () => then;
  });
  await runDurableObjectAlarm(conversation());
}

/** What the ledger says of a call's recipients, by their states. */
async function statesOf(callId: unknown) {
  const report = await callReport(database(env.DB), "1", String(callId));
  return { state: report?.state, ...report?.states };
}

const answered = (callId: unknown, name: "sent" | "deferred" | "answered", state: string) =>
  vi.waitUntil(
    async () => {
      const states = await statesOf(callId);
      return states[name] === 1 && states.state === state;
    },
    { timeout: 15_000, interval: 100 },
  );

describe("a pause", () => {
  it("keeps what comes, over an eviction, until its alarm rings; and then shows it", async () => {
    await signIn(alice, network);
    await push(messageOf(alice, { text: "/pause" }));
    await sees("На сколько мне замолчать?");
    await tap(alice, "На час", network);
    await sees("не побеспокою вас");

    const { answer } = await call("post/new", { postId: 1, authorId: 3, userIds: [alice] });
    expect(answer.recipients).toMatchObject({ total: 1, queued: 0, paused: 1 });
    await answered(answer.callId, "deferred", "finished");
    expect(network.texts(alice).some((text) => text.includes("Мы переезжаем!"))).toBe(false);

    await sleeps(HOUR);
    await sees("Пока было тихо");
    await tap(alice, "Показать", network);

    await sees("Мы переезжаем!");
    await sleeps(2 * HOUR);
    await answered(answer.callId, "sent", "finished");
  });

  it("asks for no alarm before it ends, and for none at all where nothing is planned", async () => {
    await signIn(alice, network);
    await sleeps(0);
    expect(await alarmAt()).toBe(null);

    await push(messageOf(alice, { text: "/pause" }));
    await sees("На сколько мне замолчать?");
    await tap(alice, "Пока не вернусь", network);
    await sees("пока вы сами не вернётесь");
    await sleeps(1);

    expect(await alarmAt()).toBe(null);
  });
});

describe("what the object plans", () => {
  it("rings once for any number of timers: at the first", async () => {
    await signIn(alice, network);
    await sleeps(0);
    const cart = { items: [{ name: "Чай", quantity: 1, price: 300 }], total: 300, currency: "RUB" };
    network.answerers.unshift(({ url }) =>
      url.pathname.includes("/cart/")
        ? Response.json({ userId: alice, url: "http://site.test/cart", ...cart })
        : undefined,
    );
    const before = Date.now();
    await call("cart/abandoned", { userId: alice, afterMinutes: 120 });
    await vi.waitUntil(async () => (await alarmAt()) !== null, { timeout: 15_000 });
    await push(messageOf(alice, { text: "/pause" }));
    await sees("На сколько мне замолчать?");

    await tap(alice, "На час", network);
    await sees("не побеспокою вас");
    await sleeps(0);

    const at = (await alarmAt()) ?? 0;
    expect(at - before).toBeGreaterThan(HOUR - 60_000);
    expect(at - before).toBeLessThan(HOUR + 60_000);
    await sleeps(2 * HOUR);
    await sees("Чай");
  });
});
