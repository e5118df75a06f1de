import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ChannelDown } from "../../contract/channel-errors.ts";
import { command, communication, NOBODY, reminder } from "../../dialogs/communication.ts";
import { toAlice } from "../kit/to-alice.ts";
import type { World } from "../kit/world.ts";
import { DAY, HOUR, lastingWorld, MINUTE, once, telling } from "./lasting-bot.ts";

/** Is needed where the main system knows of Alice. */
const water = reminder({
  name: "water",
  data: z.object({}),
  condition: async (chat) => (await chat.system.user({ userId: "127" })) !== null,
  steps: { start: async (chat) => chat.say("water the rose") },
});

const plan = (hours: number) =>
  once("plan", async (chat) => {
    chat.remind({ key: "water", dialog: water, time: { hours }, data: {} });
    await chat.say("planned");
  });

const nap = command({
  command: "nap",
  summary: { ru: "", en: "" },
  data: z.object({}),
  initial: {},
  steps: {
    start: async (chat) => chat.sleep({ hours: 1 }, "wake"),
    wake: async (chat) => chat.say("good morning"),
  },
});

/** The main system pauses Alice's chats, and nobody is told. */
const hush = communication({
  alias: "hush",
  summary: "",
  map: toAlice.map,
  example: { until: 0 },
  params: z.object({ until: z.number() }),
  data: z.object({}),
  change: ({ until }) => ({ kind: "pause", userId: "127", until }),
  prepare: async () => NOBODY,
  steps: { start: async () => {} },
});

const bill = communication({
  ...toAlice,
  alias: "bill",
  steps: {
    start: async (chat) => chat.sleep({ hours: 1 }, "tell"),
    tell: async (chat) => chat.say("Alice, your bill"),
  },
});

const bob = {
  userId: "5",
  firstName: "Bob",
  lastName: "",
  patronymic: "",
  role: "user",
  active: true,
  phone: "+79180000002",
  email: "",
  location: {},
};

const commands = [
  once("pause", async (chat) => void (await chat.pause({ hours: 3 }))),
  once("resume", async (chat) => void (await chat.resume())),
  once("show", async (chat) => chat.showKept()),
  once("logout", async (chat) => void (await chat.signOut())),
  once("bob", async (chat) => void (await chat.signIn(bob))),
];

/** The next calls of the main system get no answer. */
function isSilent({ system }: World, times: number): void {
  system.fails(...Array.from({ length: times }, () => "silent" as const));
}

describe("a reminder that the main system's silence has put off", () => {
  it("does not speak in a pause of meanwhile, but after it", async () => {
    const { world, alice } = await lastingWorld({ commands: [...commands, plan(1)], reminders: [water] });
    await alice.types("/plan");
    isSilent(world, 3);
    await world.passes(HOUR);
    await alice.types("/pause");

    await world.passes(2 * HOUR);
    expect(alice.last.text).toBe("planned");
    await world.passes(2 * HOUR);

    expect(alice.sees).toContain("water the rose");
  });

  it("does not speak in quiet hours that began meanwhile, but after them", async () => {
    const { world, alice } = await lastingWorld({ commands: [plan(1)], reminders: [water] });
    // The clock stands at 12:00 in Moscow; the reminder is due two minutes before the quiet hours.
    world.bot = { ...world.bot, quietHours: { from: "13:13", until: "16:00" } };
    await world.passes(11 * MINUTE);
    await alice.types("/plan");
    isSilent(world, 4);

    await world.passes(3 * HOUR);
    expect(world.system.calls.length).toBeGreaterThan(0);
    expect(alice.last.text).toBe("planned");
    await world.passes(HOUR);

    expect(alice.sees).toContain("water the rose");
  });
});

describe("quiet hours", () => {
  it("that were set while a conversation slept are kept at once", async () => {
    const { world, alice } = await lastingWorld({ commands: [plan(48)], reminders: [water] });
    await alice.types("/plan");
    await world.passes(DAY);
    world.bot = { ...world.bot, quietHours: { from: "11:00", until: "13:00" } };

    await world.passes(DAY);
    expect(alice.last.text).toBe("planned");
    await world.passes(HOUR);

    expect(alice.last.text).toBe("water the rose");
  });

  it("that last longer than a pause have its end said after them", async () => {
    const { world, alice } = await lastingWorld({ commands, communications: [telling("news")] });
    world.bot = { ...world.bot, quietHours: { from: "14:00", until: "18:00" } };
    await world.passes(11 * MINUTE);
    await alice.types("/menu");
    await alice.types("/pause");
    await alice.types("/menu");
    await world.call("news", { text: "rain" });

    expect(alice.dueAt()).toBe(Date.parse("2026-01-01T18:00:00+03:00"));
    await world.passes(7 * HOUR);

    expect(alice.sees.slice(-2)).toEqual(["I am back. Here is what came in the meantime.", "rain"]);
    expect(alice.dueAt()).toBe(null);
  });
});

describe("a pause", () => {
  it("has what fell into it come afterwards in the order of its time", async () => {
    const { world, alice } = await lastingWorld({
      commands: [...commands, plan(2), nap],
      reminders: [water],
    });
    await alice.types("/plan");
    await alice.types("/nap");
    await alice.types("/pause");

    await world.passes(4 * HOUR);

    expect(alice.sees.slice(-2)).toEqual(["good morning", "water the rose"]);
  });

  it("that the main system makes stops what is just being shown", async () => {
    const { world, alice } = await lastingWorld({ commands, communications: [telling("news"), hush] });
    await alice.types("/pause");
    for (const text of ["one", "two"]) await world.call("news", { text });
    await alice.types("/resume");
    alice.phone.fails({ error: new ChannelDown("down") });
    await alice.types("/show");

    await world.call("hush", { until: world.clock.now() + DAY });
    await world.passes(HOUR);

    expect(alice.sees).toEqual(["hello, Alice"]);
    expect(alice.rows("kept")).toBe(2);
  });

  it("that was made meanwhile is not undone by news of before", async () => {
    const { world, alice } = await lastingWorld({ commands, communications: [telling("news")] });
    const [late] = world.directory.makeChange({ kind: "connect", userId: "127" });
    if (!late) throw new Error("Alice has a chat");
    await alice.types("/pause");

    await alice.learns(late);
    await world.call("news", { text: "rain" });

    expect(alice.sees).not.toContain("rain");
  });
});

describe("a sleep that was begun for one person", () => {
  it("does not speak to the next one in the chat", async () => {
    const { world, alice } = await lastingWorld({ commands, communications: [bill] });
    await world.call("bill", {});
    await alice.types("/logout");
    await alice.types("/bob");

    await world.passes(2 * HOUR);

    expect(alice.sees).not.toContain("Alice, your bill");
    expect(alice.rows("runs")).toBe(0);
  });

  it("speaks to them where they are still there", async () => {
    const { world, alice } = await lastingWorld({ commands, communications: [bill] });
    await world.call("bill", {});

    await world.passes(2 * HOUR);

    expect(alice.last.text).toBe("Alice, your bill");
  });
});
