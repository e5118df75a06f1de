import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import type { PinObject } from "../../durable-objects/pin/pin.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const RIGHT = "123456";
const WRONG = "123457";

let made = 0;
let now: number;
let pin: DurableObjectStub<PinObject>;

beforeEach(async () => {
  made += 1;
  pin = env.PINS.getByName(`a test's ${made}`);
  now = Date.now();
  await takeClock();
});

/** Has the object tell the test's time. An eviction sets it right again. */
const takeClock = () =>
  runInDurableObject(pin, (object) => {
    object.clock = () => now;
  });

const issue = (once = "once", mostAnHour = 10) => pin.issue({ pin: RIGHT, once, leadId: 7, mostAnHour });
const kindOf = async (typed: string, attempt: string = crypto.randomUUID()) =>
  (await pin.try(typed, attempt)).proof.kind;
const kept = () =>
  runInDurableObject(pin, async (_, { storage }) => ({
    state: storage.kv.get<{ hash: string | null }>("pin") ?? null,
    size: (await storage.list()).size,
    alarm: await storage.getAlarm(),
  }));

/** The alarm rings, late as it may be. */
async function ring(at: number): Promise<void> {
  now = at;
  await runDurableObjectAlarm(pin);
}

describe("the object of a PIN", () => {
  it("takes the hash away when the PIN's time is over, by its alarm", async () => {
    const issued = await issue();
    const { alarm } = await kept();

    expect(issued).toEqual({ kind: "opened", expiresAt: now + 10 * MINUTE });
    expect(alarm).toBe(now + 10 * MINUTE);
    await ring(now + 10 * MINUTE);

    expect((await kept()).state).toMatchObject({ hash: null, once: "once" });
    expect(await kindOf(RIGHT)).toBe("expired");
  });

  it("takes no PIN for good whose alarm is late", async () => {
    await issue();
    now += 10 * MINUTE;

    expect(await kindOf(RIGHT)).toBe("expired");
    expect((await kept()).state).toMatchObject({ hash: null });
    now += 50 * MINUTE;
    expect((await pin.try(RIGHT, "late")).proof).toEqual({ kind: "wrong", attemptsLeft: 4 });
  });

  it("keeps the hash of a right PIN as long as it may be linked by, and not longer", async () => {
    await issue();
    now += 9 * MINUTE;
    const right = await pin.try(RIGHT, "attempt");
    await ring(now + MINUTE);
    expect((await kept()).state).toMatchObject({ hash: expect.any(String) });
    expect(await pin.verifiedLead("link")).toEqual({ leadId: 7, isLinked: false });

    await ring(now + 14 * MINUTE);

    expect(right).toMatchObject({ proof: { kind: "right" }, leadId: 7, once: "once", isLinked: false });
    expect((await kept()).state).toMatchObject({ hash: null });
    expect(await pin.verifiedLead("link")).toBeNull();
    expect(await pin.useUp("link")).toBe(false);
    expect(await kindOf(RIGHT, "attempt")).toBe("used");
  });

  it.each([
    ["was never tried", async () => {}],
    ["was burnt", async () => void (await Promise.all(Array.from({ length: 5 }, () => kindOf(WRONG))))],
    ["was right", async () => void (await kindOf(RIGHT))],
  ])("keeps nothing an hour after a PIN that %s, and sets no alarm", async (_what, act) => {
    const began = now;
    await issue();
    await act();

    for (const after of [10 * MINUTE, 15 * MINUTE, HOUR - 1]) await ring(began + after);
    expect((await kept()).size).toBe(1);
    await ring(began + HOUR);

    expect(await kept()).toEqual({ state: null, size: 0, alarm: null });
    expect(await pin.verifiedLead("link")).toBeNull();
  });

  it("that never gave one out keeps nothing either after that hour", async () => {
    const began = now;
    expect(await kindOf(WRONG)).toBe("wrong");
    expect((await kept()).state).toMatchObject({ hash: null, leadId: null });

    for (const after of [10 * MINUTE, HOUR]) await ring(began + after);

    expect(await kept()).toEqual({ state: null, size: 0, alarm: null });
  });

  it("that never gave one out takes nothing for right: not an empty PIN, and not one of six digits", async () => {
    for (const typed of ["", "null", "000000", RIGHT]) expect(await kindOf(typed)).toBe("wrong");
    expect(await pin.verifiedLead("link")).toBeNull();
    expect(await pin.useUp("link")).toBe(false);
  });

  it("that was asked for a link keeps nothing at all", async () => {
    expect(await pin.verifiedLead("link")).toBeNull();
    expect(await pin.useUp("link")).toBe(false);

    expect(await kept()).toEqual({ state: null, size: 0, alarm: null });
  });

  it("gives a PIN out after tries at none: those cost it nothing", async () => {
    for (let at = 0; at < 6; at += 1) await kindOf(WRONG);
    expect(await issue()).toMatchObject({ kind: "opened" });

    expect((await pin.try(WRONG, "1")).proof).toEqual({ kind: "wrong", attemptsLeft: 4 });
    expect(await kindOf(RIGHT)).toBe("right");
  });

  it("lets an eviction change nothing", async () => {
    now = Date.now();
    const evict = async () => {
      await evictDurableObject(pin);
      await takeClock();
    };
    const issued = await issue();
    await evict();
    expect(await issue()).toEqual(issued);
    expect((await pin.try(WRONG, "1")).proof).toEqual({ kind: "wrong", attemptsLeft: 4 });
    await evict();
    expect((await pin.try(WRONG, "2")).proof).toEqual({ kind: "wrong", attemptsLeft: 3 });
    expect(await kindOf(RIGHT, "3")).toBe("right");
    await evict();
    expect([await kindOf(RIGHT, "3"), await kindOf(RIGHT, "4")]).toEqual(["right", "used"]);
    expect(await pin.useUp("link")).toBe(true);
    await evict();

    expect([await pin.useUp("link"), await pin.useUp("another")]).toEqual([true, false]);
    expect(await pin.verifiedLead("link")).toEqual({ leadId: 7, isLinked: true });
    expect((await kept()).alarm).toBe(now + 10 * MINUTE);
  });

  it("gives out no more than it may an hour, by its own clock, and the same name counts once", async () => {
    const began = now;
    for (const once of ["a", "a", "b", "b", "c", "a"]) {
      expect(await issue(once, 4)).toMatchObject({ kind: "opened" });
      now += MINUTE;
    }

    // "a" came back after others: it is another one by then.
    expect(await issue("d", 4)).toEqual({ kind: "too-many", until: began + HOUR });
    now = began + HOUR;
    expect(await issue("d", 4)).toMatchObject({ kind: "opened" });
  });

  it("takes an attempt that was right for right again by the right PIN alone", async () => {
    await issue();
    await kindOf(RIGHT, "attempt");

    expect([await kindOf(WRONG, "attempt"), await kindOf(RIGHT, "attempt")]).toEqual(["used", "right"]);
  });

  it("ends with a new PIN what the one before allowed", async () => {
    await issue("one");
    await kindOf(RIGHT, "attempt");
    await issue("two");

    expect(await pin.verifiedLead("link")).toBeNull();
    expect(await pin.useUp("link")).toBe(false);
    expect(await kindOf(RIGHT, "attempt")).toBe("right");
  });

  it("ends a PIN by its name: nothing is right any more, and its attempts count on", async () => {
    await issue("one");
    await pin.end("another");
    expect((await pin.try(WRONG, "1")).proof).toEqual({ kind: "wrong", attemptsLeft: 4 });

    await pin.end("one");

    expect((await pin.try(RIGHT, "2")).proof).toEqual({ kind: "wrong", attemptsLeft: 3 });
    expect(await pin.verifiedLead("link")).toBeNull();
    expect((await kept()).state).toMatchObject({ hash: null });
    await issue("one");
    expect(await kindOf(RIGHT)).toBe("wrong");
    await issue("two");
    expect(await kindOf(RIGHT)).toBe("right");
  });
});
