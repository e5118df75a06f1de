import { describe, expect, it } from "vitest";
import { z } from "zod";
import { reminder } from "../../dialogs/communication.ts";
import { variable } from "../../dialogs/variable.ts";
import { HOUR, lastingWorld, once, telling } from "./lasting-bot.ts";

const city = variable("city", z.string());
const visits = variable("visits", z.number());

describe("what a bot keeps of a lead", () => {
  const commands = [
    once("visit", async (chat) => {
      await chat.set(visits, (chat.get(visits) ?? 0) + 1);
      await chat.set(city, "Псков");
      await chat.tag("guest", "guest", "news");
      await chat.untag("news");
      await chat.say(`visit ${chat.get(visits)} from ${chat.get(city)} of a ${chat.tags.join("+")}`);
    }),
    once("who", async (chat) => chat.say(`${chat.get(visits)} ${chat.get(city)} ${chat.tags.join("+")}`)),
    once("forget", async (chat) => chat.set(city, null)),
    once("much", async (chat) => chat.set(city, "x".repeat(20_000))),
  ];

  it("are tags and typed variables; the database has them too, for audiences by rule", async () => {
    const { world, alice } = await lastingWorld({ commands });
    await alice.types("/visit");
    alice.crashes();
    await alice.types("/visit");

    expect(alice.last.text).toBe("visit 2 from Псков of a guest");
    expect(world.directory.profileOf("1")).toMatchObject({
      tags: ["guest"],
      variables: { visits: 2, city: "Псков" },
    });
    await alice.types("/forget");
    await alice.types("/who");
    expect(alice.last.text).toBe("2 null guest");
  });

  it("is none where it was kept in another shape", async () => {
    const { world, alice } = await lastingWorld({ commands });
    await alice.types("/visit");
    await world.directory.port.setTraits(1, { variables: { visits: "two" } });
    const address = { botId: "1", channel: "telegram", externalId: "1" } as const;
    await alice.learns({ address, wasDeleted: false });

    await alice.types("/who");

    expect(alice.last.text).toBe("null null guest");
  });

  it("is bounded: a dialog that keeps too much is stopped", async () => {
    const { world, alice } = await lastingWorld({ commands });
    await alice.types("/much");

    expect(alice.last.text).toContain("could not be finished");
    expect(world.directory.profileOf("1")?.variables).toEqual({});
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8])("is the same whatever crashes: crossing %i", async (at) => {
    for (const side of ["before", "after"] as const) {
      const { world, alice } = await lastingWorld({ commands });
      world.crashes.plan({ at, side });
      await alice.types("/visit");
      await world.passes(HOUR);

      expect(world.directory.profileOf("1")).toMatchObject({
        tags: ["guest"],
        variables: { visits: 1, city: "Псков" },
      });
      // A crash right before a message leaves nobody sure of it: it is not sent again.
      expect(alice.sees.filter((text) => text.startsWith("visit")).length).toBeLessThanOrEqual(1);
    }
  });
});

describe("a step that starts something else", () => {
  const news = telling("news");
  const word = reminder({
    name: "word",
    data: z.object({ word: z.string() }),
    steps: { start: async (chat, { data }) => chat.say(`the word is ${data.word}`) },
  });
  const commands = [
    once("tell", async (chat) => {
      const refused = await chat.call(news, { text: "told by a dialog" });
      await chat.say(refused ? "refused" : "called");
    }),
    once("plan", async (chat) => {
      await chat.call(news, { text: "tomorrow" }, { time: { daytime: "09:00", inDays: 1 } });
    }),
    once("begin", async (chat) => {
      chat.begin(word, { word: "now" });
      await chat.say("first this");
    }),
  ];
  const dialogs = { commands, communications: [news], reminders: [word] };

  it("makes a call of it, as the main system would", async () => {
    const { world, alice } = await lastingWorld(dialogs);
    await alice.types("/tell");
    await world.settles();

    expect(alice.sees.slice(-2)).toEqual(["called", "told by a dialog"]);
  });

  it("makes one call, whatever crashes", async () => {
    for (const at of [0, 1, 2])
      for (const side of ["before", "after"] as const) {
        const { world, alice } = await lastingWorld(dialogs);
        world.crashes.plan({ at, side });
        await alice.types("/tell");
        await world.passes(HOUR);
        await world.settles();

        expect(alice.sees.filter((text) => text === "told by a dialog")).toHaveLength(1);
      }
  });

  it("may plan the call for later, in the bot's time zone", async () => {
    const { world, alice } = await lastingWorld(dialogs);
    await alice.types("/plan");

    expect(world.planned).toEqual([
      { alias: "news", params: { text: "tomorrow" }, sendAt: Date.parse("2026-01-02T09:00:00+03:00") },
    ]);
  });

  it("begins another dialog in the same chat once it is through", async () => {
    const { alice } = await lastingWorld(dialogs);
    await alice.types("/begin");

    expect(alice.sees.slice(-2)).toEqual(["first this", "the word is now"]);
  });
});
