import { beforeEach, describe, expect, it } from "vitest";
import { Alarm } from "../../durable-objects/alarm.ts";

let now: number;
/** What the platform was told, `null` where nothing is set. */
let set: number | null;
let writes: number;
let alarm: Alarm;

const storage = {
  getAlarm: async () => set,
  setAlarm: async (time: number) => {
    set = time;
    writes += 1;
  },
};

beforeEach(() => {
  now = 100_000;
  set = null;
  writes = 0;
  alarm = new Alarm(storage, () => now);
});

describe("an alarm", () => {
  it("rings at the earliest time that was asked for", async () => {
    await alarm.wakeBy(now + 2_000);
    await alarm.wakeBy(now + 1_000);
    await alarm.wakeBy(now + 3_000);

    expect([set, writes]).toEqual([now + 1_000, 2]);
  });

  it("does so too where several ask at once", async () => {
    await Promise.all([3_000, 1_000, 2_000].map((ms) => alarm.wakeBy(now + ms)));

    expect(set).toBe(now + 1_000);
  });

  it("is set no later than the platform can, and tried again where it could not be set", async () => {
    await alarm.wakeBy(Date.UTC(9999, 11, 31));
    expect(set).toBe(Date.UTC(2189, 0));

    let isDown = true;
    const failing = new Alarm(
      {
        getAlarm: async () => null,
        setAlarm: async (time) => {
          if (isDown) throw new Error("down");
          return storage.setAlarm(time);
        },
      },
      () => now,
    );
    await expect(failing.wakeBy(now + 1_000)).rejects.toThrow("down");
    isDown = false;
    await failing.wakeBy(now + 2_000);

    expect(set).toBe(now + 2_000);
  });

  it("that an earlier process set is kept where it is early enough", async () => {
    set = now + 1_000;

    await alarm.wakeBy(now + 2_000);
    expect([set, writes]).toEqual([now + 1_000, 0]);
    await alarm.wakeBy(now + 500);
    expect(set).toBe(now + 500);
  });

  it("is set anew once it has rung", async () => {
    await alarm.wakeBy(now);
    set = null;
    alarm.cleared();

    expect(await alarm.isSet()).toBe(false);
    await alarm.wakeBy(now + 1_000);
    expect([set, await alarm.isSet()]).toEqual([now + 1_000, true]);
  });

  it("is never set to the millisecond in which it rings: the runtime would take it for the one that rang", async () => {
    await alarm.wakeBy(now + 1_000);
    now += 1_000;
    set = null;
    alarm.cleared();

    await alarm.wakeBy(now);

    expect(set).toBe(now + 1);
  });

  it("that is a little late is waited for", async () => {
    await alarm.wakeBy(now);
    now += 4_000;

    await alarm.wakeBy(now);

    expect([writes, await alarm.isSet()]).toEqual([1, true]);
  });

  it.each(["this process", "one before it"])("that %s set, and that never rang, is set anew", async (who) => {
    await alarm.wakeBy(now);
    now += 6_000;
    if (who === "one before it") alarm = new Alarm(storage, () => now);

    expect(await alarm.isSet()).toBe(false);
    await alarm.wakeBy(now);

    expect(set).toBe(now + 1);
  });
});
