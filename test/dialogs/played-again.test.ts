import { describe, expect, it } from "vitest";
import { z } from "zod";
import { answer, command, communication } from "../../dialogs/communication.ts";
import { variable } from "../../dialogs/variable.ts";
import { toAlice } from "../kit/to-alice.ts";
import type { World } from "../kit/world.ts";
import { HOUR, lastingWorld, MINUTE, once, telling } from "./lasting-bot.ts";

const away = once("away", async (chat) => void (await chat.pause("forever")));
const operator = once("operator", async (chat) => chat.handOver());
const logout = once("logout", async (chat) => void (await chat.signOut()));

/** Keeps something of the lead before it asks the main system, and after. */
const tagging = once("tagging", async (chat) => {
  await chat.tag("before");
  await chat.system.user({ userId: "127" });
  await chat.tag("after");
  await chat.say("tagged");
});

const counting = once("counting", async (chat) => {
  if (chat.kept.length === 0) await chat.say("nothing was kept");
  const user = await chat.system.user({ userId: "127" });
  await chat.say(`you are ${user?.firstName}, with ${chat.kept.length} kinds`);
});

const greeting = once("greeting", async (chat) => {
  if (chat.person) await chat.say("good day");
  const user = await chat.system.user({ userId: "127" });
  await chat.say(`you are ${user?.firstName}`);
});

const asking = command({
  command: "asking",
  summary: { ru: "", en: "" },
  data: z.object({}),
  initial: {},
  answers: { take: answer(z.string(), { ru: "", en: "" }) },
  steps: {
    start: async (chat) => {
      await chat.say(`it is ${chat.now}`);
      await chat.system.user({ userId: "127" });
      return chat.ask("how many?", "take", { within: { minutes: 10 }, late: "tooLate" });
    },
    take: async (chat) => chat.say("thank you"),
    tooLate: async (chat) => chat.say("never mind"),
  },
});

/** The next calls of the main system get no answer, so that the step that makes them is played again later. */
function isSilent({ system }: World, times: number): void {
  system.fails(...Array.from({ length: times }, () => "silent" as const));
}

describe("a step that is played again later", () => {
  it("does not undo a pause that was made meanwhile", async () => {
    const { world, alice } = await lastingWorld({
      commands: [tagging, away],
      communications: [telling("news")],
    });
    isSilent(world, 1);
    await alice.types("/tagging");
    await alice.types("/away");

    await world.passes(MINUTE);
    await world.call("news", { text: "rain" });

    expect(alice.last.text).toBe("tagged");
    expect(world.directory.profileOf("1")?.tags).toEqual(["before", "after"]);
  });

  it("does not take a chat back that was handed over meanwhile", async () => {
    const { world, alice } = await lastingWorld({ commands: [tagging, operator] });
    isSilent(world, 1);
    await alice.types("/tagging");
    await alice.types("/operator");

    await world.passes(MINUTE);

    expect(world.directory.profileOf("1")).toMatchObject({ withOperator: true, tags: ["before", "after"] });
  });

  it("finds as much kept as when it began", async () => {
    const { world, alice } = await lastingWorld({
      commands: [counting, away],
      communications: [telling("news")],
    });
    await alice.types("/away");
    isSilent(world, 1);
    await alice.types("/counting");
    await world.call("news", { text: "rain" });

    await world.passes(MINUTE);

    expect(alice.last.text).toBe("you are Alice, with 0 kinds");
    expect(alice.sees.filter((text) => text === "nothing was kept")).toHaveLength(1);
  });

  it("finds the same person as when it began", async () => {
    const { world, alice } = await lastingWorld({ commands: [greeting, logout] });
    isSilent(world, 1);
    await alice.types("/greeting");
    await alice.types("/logout");

    await world.passes(MINUTE);

    expect(alice.last.text).toBe("you are Alice");
    expect(alice.sees.filter((text) => text === "good day")).toHaveLength(1);
  });

  it("has its answer waited for from the moment at which the question was asked", async () => {
    const { world, alice } = await lastingWorld({ commands: [asking] });
    isSilent(world, 5);
    await alice.types("/asking");
    while (alice.last.text !== "how many?") await world.passes(MINUTE);

    await world.passes(8 * MINUTE);
    expect(alice.last.text).toBe("how many?");
    await world.passes(3 * MINUTE);

    expect(alice.last.text).toBe("never mind");
  });
});

describe("a step that does several things at once", () => {
  const city = variable("city", z.string());
  const news = telling("news");
  const changing = once("changing", async (chat) => {
    await Promise.all([chat.tag("guest"), chat.set(city, "Псков"), chat.tag("reader")]);
  });
  const who = once("who", async (chat) => chat.say(`${chat.tags.join("+")} from ${chat.get(city)}`));
  const calling = once("calling", async (chat) => {
    await Promise.all(["one", "two"].map((text) => chat.call(news, { text }, { time: { hours: 1 } })));
  });

  it("keeps all changes of the lead", async () => {
    const { world, alice } = await lastingWorld({ commands: [changing, who] });
    await alice.types("/changing");
    await alice.types("/who");

    expect(alice.last.text).toBe("guest+reader from Псков");
    expect(world.directory.profileOf("1")).toMatchObject({
      tags: ["guest", "reader"],
      variables: { city: "Псков" },
    });
  });

  it("makes both calls", async () => {
    const { world, alice } = await lastingWorld({ commands: [calling], communications: [news] });
    await alice.types("/calling");

    const called = world.planned.map(({ params }) => params);
    expect(called).toHaveLength(2);
    expect(called).toEqual(expect.arrayContaining([{ text: "one" }, { text: "two" }]));
  });
});

describe("what is written down of a delivery", () => {
  const timed = communication({
    ...toAlice,
    alias: "timed",
    steps: { start: async (chat) => chat.say(`it is ${chat.now}`) },
  });
  const plain = communication({
    ...toAlice,
    alias: "plain",
    steps: { start: async (chat) => chat.choose("well?", { yes: "Yes" }), yes: async () => {} },
  });
  const urgent = communication({
    ...toAlice,
    alias: "urgent",
    steps: {
      start: async (chat) => chat.choose("well?", { yes: "Yes" }, { within: { hours: 1 }, late: "tooLate" }),
      yes: async () => {},
      tooLate: async () => {},
    },
  });

  it.each([
    ["a message", "news", 2],
    ["one that asks for the time", "timed", 2],
    ["a question", "plain", 3],
    ["one with a deadline", "urgent", 3],
  ])("%s (%s) costs %i rows", async (_, alias, rows) => {
    const { world, alice } = await lastingWorld({ communications: [telling("news"), timed, plain, urgent] });
    await world.call("news", { text: "rain" });
    await world.passes(HOUR);
    const before = alice.written();

    await world.call(alias, { text: "sun" });

    expect(alice.written() - before).toBe(rows);
  });
});
