import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type AnyCommand, command, communication, reminder } from "../../dialogs/communication.ts";
import { users } from "../../dialogs/recipients.ts";
import type { World } from "../kit/world.ts";
import { DAY, lastingWorld, MINUTE, once, telling } from "./lasting-bot.ts";

const summary = { ru: "", en: "" };
const SORRY = "could not be finished";

describe("a dialog that runs in a circle", () => {
  const ticking = command({
    command: "ticking",
    summary,
    data: z.object({}),
    initial: {},
    steps: {
      start: async (chat) => {
        await chat.say("tick");
        return chat.sleep({ minutes: 0 }, "start");
      },
    },
  });
  const looping: AnyCommand = once("looping", async (chat) => {
    await chat.say("round");
    chat.begin(looping, {});
  });

  it("by sleeping for no time rests for a minute between its rounds", async () => {
    const { world, alice } = await lastingWorld({ commands: [ticking] });
    await alice.types("/ticking");
    await alice.wakes();
    expect(alice.sees.filter((text) => text === "tick")).toHaveLength(1);
    expect(alice.dueAt()).toBe(world.clock.now() + MINUTE);

    await world.passes(MINUTE);

    expect(alice.sees.filter((text) => text === "tick")).toHaveLength(2);
  });

  it("by beginning itself is stopped, and says so", async () => {
    const { world, alice } = await lastingWorld({ commands: [looping] });
    await alice.types("/looping");
    await world.passes(DAY);

    expect(alice.last.text).toContain(SORRY);
    expect(alice.sees.length).toBeLessThan(200);
    expect(alice.rows("runs")).toBe(0);
  });
});

describe("a time that is no date", () => {
  const napping = command({
    command: "napping",
    summary,
    data: z.object({}),
    initial: {},
    steps: {
      start: async (chat) => chat.sleep({ at: "soon" }, "wake"),
      wake: async (chat) => chat.say("good morning"),
    },
  });
  const pausing = once("pausing", async (chat) => {
    await chat.say(`until ${await chat.pause({ at: "soon" })}`);
  });

  it("ends the dialog that would sleep until then", async () => {
    const { world, alice } = await lastingWorld({ commands: [napping] });
    await alice.types("/napping");

    expect(alice.last.text).toContain(SORRY);
    expect(alice.rows("runs")).toBe(0);
    await world.passes(400 * DAY);
    expect(alice.sees).not.toContain("good morning");
  });

  it("ends the dialog that would pause until then, and nothing is paused", async () => {
    const { world, alice } = await lastingWorld({ commands: [pausing], communications: [telling("news")] });
    await alice.types("/pausing");

    expect(alice.last.text).toContain(SORRY);
    await world.call("news", { text: "rain" });
    expect(alice.last.text).toBe("rain");
  });
});

describe("a dialog that begins another", () => {
  const post = communication({
    alias: "post",
    summary: "",
    map: { section: "Test", event: "A post", communication: "Alice is told", description: "" },
    example: {},
    params: z.object({}),
    data: z.object({}),
    audience: () => users(["127"]),
    prepare: async () => ({}),
    steps: {
      start: async (chat) => {
        await chat.say("a post");
        await chat.system.user({ userId: "127" });
        await chat.say("its end");
      },
    },
  });
  const gone = reminder({ name: "gone", data: z.object({}), steps: { start: async () => {} } });
  const beginsGone = once("go", async (chat) => chat.begin(gone, {}));
  const beginsPost = once("go", async (chat) => chat.begin(post, {}));

  /** States that the ledger was told of a call, in order. */
  const statesOf = ({ reported }: World, callId: string) =>
    reported.flatMap((record) =>
      record.kind === "outcome" && record.callId === callId ? [record.outcome.state] : [],
    );

  it("that the bot does not have says so, once", async () => {
    const { alice } = await lastingWorld({ commands: [beginsGone] });
    await alice.types("/go");

    expect(alice.sees.slice(1)).toEqual([expect.stringContaining(SORRY)]);
    expect(alice.rows("runs")).toBe(0);
  });

  it("leaves alone a delivery of that which is on its way", async () => {
    const { world, alice } = await lastingWorld({ communications: [post], commands: [beginsPost] });
    world.system.fails("silent");
    await world.call("post", {});
    await alice.types("/go");

    await world.passes(DAY);

    expect(statesOf(world, "call-1")).toEqual(["sent"]);
    expect(alice.sees.filter((text) => text === "its end")).toHaveLength(2);
  });
});
