import { describe, expect, it } from "vitest";
import { z } from "zod";
import { communication, reminder } from "../../dialogs/communication.ts";
import type { CrashPlan } from "../kit/crashes.ts";
import { toAlice } from "../kit/to-alice.ts";
import type { World } from "../kit/world.ts";
import { DAY, lastingWorld, once, telling } from "./lasting-bot.ts";

const twofold = communication({
  ...toAlice,
  alias: "twofold",
  steps: {
    start: async (chat) => {
      await chat.say("first half");
      await chat.say("second half");
    },
  },
});

const mute = communication({ ...toAlice, alias: "mute", steps: { start: async () => {} } });

const water = reminder({
  name: "water",
  data: z.object({}),
  steps: { start: async (chat) => chat.say("water the rose") },
});

/** Plans so many reminders; a hundred may stand. */
const planning = (name: string, count: number) =>
  once(name, async (chat) => {
    chat.showKept();
    for (let at = 0; at < count; at += 1)
      chat.remind({ key: `${name}/${at}`, dialog: water, time: { days: 1 }, data: {} });
  });

const away = once("away", async (chat) => void (await chat.pause("forever")));
const show = once("show", async (chat) => chat.showKept());
const dialogs = {
  commands: [away, show],
  communications: [telling("news"), twofold, mute],
};

/** What became of a call's recipient, as the ledger was told last. */
function outcomeOf({ reported }: World, callId: string) {
  const last = reported.findLast((record) => record.kind === "outcome" && record.callId === callId);
  return last?.kind === "outcome" ? last.outcome : null;
}

/** Alice asks for what was kept; a crash comes where it is planned, and a day later all is over. */
async function showsKept(alias: string, plan: CrashPlan) {
  const { world, alice } = await lastingWorld(dialogs);
  await alice.types("/away");
  await world.call(alias, { text: "rain" });
  world.crashes.plan(plan);
  await alice.types("/show");
  await world.passes(DAY);
  const told = alice.sees.slice(1);
  const { state } = outcomeOf(world, "call-1") ?? {};
  return { at: plan.at, told, state, kept: alice.rows("kept"), wasCrash: !world.crashes.pending };
}

/** The same with a crash at each call to the outside, one after the other; the last time goes well. */
async function showsKeptOverEachCrash(alias: string, side: CrashPlan["side"]) {
  const times = [];
  for (let at = 0; ; at += 1) {
    const time = await showsKept(alias, { at, side });
    if (!time.wasCrash) return { crashed: times, well: time };
    times.push(time);
  }
}

describe.each(["before", "after"] as const)("a crash %s any call of the show of what was kept", (side) => {
  it("leaves a message told once, or nobody sure of it, and the ledger knows", async () => {
    const { crashed, well } = await showsKeptOverEachCrash("news", side);

    expect(well).toMatchObject({ state: "sent", told: ["rain"], kept: 0 });
    expect(crashed.length).toBeGreaterThan(2);
    for (const { at, state, told, kept } of crashed) {
      expect(["sent", "uncertain"], `crossing ${at}`).toContain(state);
      expect(told.length, `crossing ${at}`).toBeLessThanOrEqual(1);
      if (state === "sent") expect(told, `crossing ${at}`).toEqual(["rain"]);
      expect(kept).toBe(0);
    }
  });

  it("leaves neither of two messages of one step told twice, and the ledger knows", async () => {
    const { crashed, well } = await showsKeptOverEachCrash("twofold", side);

    expect(well).toMatchObject({ state: "sent", told: ["first half", "second half"], kept: 0 });
    expect(crashed.length).toBeGreaterThan(3);
    for (const { at, state, told, kept } of crashed) {
      expect(["sent", "uncertain"], `crossing ${at}`).toContain(state);
      expect(told.length, `crossing ${at}`).toBe(new Set(told).size);
      if (state === "sent") expect(told, `crossing ${at}`).toEqual(["first half", "second half"]);
      expect(kept).toBe(0);
    }
  });
});

describe("what was kept", () => {
  it("takes the right to send for each message when it is shown", async () => {
    const { world, alice } = await lastingWorld(dialogs);
    const ports = world.ports.bind(world);
    let taken = 0;
    const take = async () => {
      taken += 1;
      return 0;
    };
    world.ports = (person) => ({ ...ports(person), pace: () => ({ take, slowDown: async () => {} }) });
    alice.crashes();
    await alice.types("/away");
    for (const text of ["one", "two", "three"]) await world.call("news", { text });
    taken = 0;

    await alice.types("/show");

    expect(alice.sees.slice(-3)).toEqual(["one", "two", "three"]);
    expect(taken).toBe(3);
  });

  it("is not shown by a step that could not be finished", async () => {
    const commands = [away, show, planning("fill", 90), planning("overfill", 50)];
    const { world, alice } = await lastingWorld({ ...dialogs, commands, reminders: [water] });
    await alice.types("/fill");
    await alice.types("/away");
    await world.call("news", { text: "rain" });

    await alice.types("/overfill");
    expect(alice.last.text).toContain("could not be finished");
    expect(alice.sees).not.toContain("rain");
    await alice.types("/show");

    expect(alice.last.text).toBe("rain");
  });
});

describe("a daily limit", () => {
  it("is not used up by what says nothing", async () => {
    const { world, alice } = await lastingWorld(dialogs);
    world.bot = { ...world.bot, perPersonDaily: 1 };
    await world.call("mute", {});

    await world.call("news", { text: "rain" });
    await world.call("news", { text: "sun" });

    expect(alice.last.text).toBe("rain");
  });
});
