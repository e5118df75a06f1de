import { describe, expect, it } from "vitest";
import { z } from "zod";
import { communication, reminder } from "../../dialogs/communication.ts";
import { users } from "../../dialogs/recipients.ts";
import { DAY, HOUR, lastingWorld, MINUTE, once } from "./lasting-bot.ts";

const water = reminder({
  name: "water",
  data: z.object({ plant: z.string() }),
  condition: async (chat) => !chat.tags.includes("watered"),
  steps: { start: async (chat, { data: { plant } }) => chat.say(`water the ${plant}`) },
});

const alarm = reminder({
  name: "alarm",
  critical: true,
  data: z.object({}),
  steps: { start: async (chat) => chat.say("fire!") },
});

const plan = (plant: string, hours: number) =>
  once(`plan${plant}`, async (chat) => {
    chat.remind({ key: "water", dialog: water, time: { hours }, data: { plant } });
    await chat.say("planned");
  });

const commands = [
  plan("rose", 2),
  plan("fern", 3),
  once("water", async (chat) => chat.tag("watered")),
  once("forget", async (chat) => chat.forget("water")),
  once("quiet", async (chat) => void (await chat.pause({ days: 1 }))),
  once("fire", async (chat) => chat.remind({ key: "fire", dialog: alarm, time: { hours: 1 }, data: {} })),
];
const dialogs = { commands, reminders: [water, alarm] };

/** It has rained: whoever is told, and whenever, need not water. */
const rained = communication({
  alias: "rained",
  summary: "",
  map: { section: "Test", event: "It rains", communication: "Alice is told", description: "" },
  example: {},
  params: z.object({}),
  data: z.object({}),
  audience: () => users(["127"]),
  prepare: async () => ({}),
  forgets: () => ["water"],
  steps: { start: async (chat) => chat.say("it has rained") },
});

describe("a reminder", () => {
  it("comes once its time has come, over an eviction, and then is gone", async () => {
    const { world, alice } = await lastingWorld(dialogs);
    await alice.types("/planrose");

    await world.passes(2 * HOUR - 1);
    expect(alice.last.text).toBe("planned");
    alice.crashes();
    await world.passes(1);

    expect(alice.last.text).toBe("water the rose");
    expect(alice.rows("reminders")).toBe(0);
    expect(alice.rows("runs")).toBe(0);
  });

  it("that is planned twice under one key comes once, as it was planned last", async () => {
    const { world, alice } = await lastingWorld(dialogs);
    await alice.types("/planrose");
    await alice.types("/planfern");

    await world.passes(DAY);

    expect(alice.sees.filter((text) => text.startsWith("water"))).toEqual(["water the fern"]);
  });

  it("does not come where its condition does not hold by then", async () => {
    const { world, alice } = await lastingWorld(dialogs);
    await alice.types("/planrose");
    await alice.types("/water");

    await world.passes(DAY);

    expect(alice.last.text).toBe("planned");
    expect(alice.rows("runs")).toBe(0);
  });

  it("does not come once another dialog has forgotten it", async () => {
    const { world, alice } = await lastingWorld(dialogs);
    await alice.types("/planrose");
    await alice.types("/forget");

    await world.passes(DAY);

    expect(alice.last.text).toBe("planned");
    expect(alice.rows("reminders")).toBe(0);
  });

  it("is cancelled by an event, also where the person is told of that later", async () => {
    const { world, alice } = await lastingWorld({ ...dialogs, communications: [rained] });
    await alice.types("/planrose");
    await alice.types("/quiet");

    await world.call("rained", {});

    expect(alice.rows("reminders")).toBe(0);
    await world.passes(2 * DAY);
    expect(alice.sees.filter((text) => text.startsWith("water"))).toEqual([]);
  });

  it("waits for the end of a pause, unless it is critical", async () => {
    const { world, alice } = await lastingWorld(dialogs);
    await alice.types("/planrose");
    await alice.types("/fire");
    await alice.types("/quiet");

    await world.passes(3 * HOUR);
    expect(alice.last.text).toBe("fire!");
    await world.passes(DAY);

    expect(alice.sees).toContain("water the rose");
  });

  it("waits for the end of quiet hours in the bot's time zone, unless it is critical", async () => {
    const { world, alice } = await lastingWorld(dialogs);
    // The clock stands at 12:00 in Moscow.
    world.bot = { ...world.bot, quietHours: { from: "13:30", until: "15:15" } };
    await alice.types("/planrose");
    await alice.types("/fire");

    await world.passes(HOUR);
    expect(alice.last.text).toBe("fire!");
    await world.passes(HOUR);
    expect(alice.last.text).toBe("fire!");
    await world.passes(HOUR + 15 * MINUTE);

    expect(alice.last.text).toBe("water the rose");
  });

  it("is one of a hundred at the most: a dialog that makes up keys is stopped", async () => {
    const many = once("many", async (chat) => {
      for (let at = 0; at < 90; at += 1)
        chat.remind({ key: `${chat.now}/${at}`, dialog: water, time: { days: 1 }, data: { plant: "" } });
    });
    const { world, alice } = await lastingWorld({ ...dialogs, commands: [many] });
    await alice.types("/many");
    await world.passes(1);
    await alice.types("/many");

    expect(alice.last.text).toContain("could not be finished");
    expect(alice.rows("reminders")).toBe(90);
  });
});
