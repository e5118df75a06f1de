import { describe, expect, it } from "vitest";
import { z } from "zod";
import { answer, command } from "../../dialogs/communication.ts";
import { bareBot } from "../kit/bot.ts";
import { DAY, HOUR, lastingWorld, MINUTE } from "./lasting-bot.ts";

const summary = { ru: "", en: "" };
const again = { ru: "ещё раз", en: "again" };

const nap = command({
  command: "nap",
  summary,
  data: z.object({ naps: z.number() }),
  initial: { naps: 0 },
  steps: {
    start: async (chat) => {
      await chat.say("good night");
      return chat.sleep({ days: 2 }, "wake", { naps: 1 });
    },
    wake: async (chat, { data: { naps } }) => {
      await chat.say(`slept ${naps}`);
      if (naps < 3) return chat.sleep({ hours: 1 }, "wake", { naps: naps + 1 });
    },
  },
});

const question = command({
  command: "question",
  summary,
  data: z.object({}),
  initial: {},
  answers: { take: answer(z.string().regex(/^\d+$/), again) },
  steps: {
    start: async (chat) => chat.ask("how many?", "take", { within: { hours: 1 }, late: "tooLate" }),
    take: async (chat, { answer: number }) => chat.say(`${number}, thank you`),
    tooLate: async (chat) => chat.say("never mind"),
  },
});

describe("a sleep", () => {
  it("ends when its time has come, however often the process is gone meanwhile", async () => {
    const { world, alice } = await lastingWorld({ commands: [nap] });
    await alice.types("/nap");

    await world.passes(2 * DAY - 1);
    expect(alice.last.text).toBe("good night");
    alice.crashes();
    await world.passes(1);
    expect(alice.last.text).toBe("slept 1");
    alice.crashes();
    await world.passes(2 * HOUR);

    expect(alice.sees.slice(-3)).toEqual(["slept 1", "slept 2", "slept 3"]);
    expect(alice.rows("runs")).toBe(0);
    expect(alice.dueAt()).toBe(null);
  });

  it("wakes a run once, and asks for nothing meanwhile but to be woken then", async () => {
    const { world, alice } = await lastingWorld({ commands: [nap] });
    await alice.types("/nap");
    const before = alice.written();

    expect(alice.dueAt()).toBe(world.clock.now() + 2 * DAY);
    await alice.wakes();

    expect(alice.written()).toBe(before);
  });

  it("leaves the chat to other dialogs, which may sleep too: each wakes at its own time", async () => {
    const { world, alice } = await lastingWorld({ commands: [nap] });
    await alice.types("/nap");
    await world.passes(MINUTE);
    await alice.types("/nap");

    await world.passes(2 * DAY - MINUTE);
    expect(alice.sees.filter((text) => text === "slept 1")).toHaveLength(1);
    await world.passes(MINUTE);
    expect(alice.sees.filter((text) => text === "slept 1")).toHaveLength(2);
  });
});

describe("a deadline", () => {
  it("leads elsewhere where no answer came in time; the question is then closed", async () => {
    const { world, alice } = await lastingWorld({ commands: [question] });
    await alice.types("/question");

    await world.passes(HOUR);

    expect(alice.last.text).toBe("never mind");
    await alice.types("7");
    expect(alice.last.text).toBe("menu");
  });

  it("is nothing where the answer came before", async () => {
    const { world, alice } = await lastingWorld({ commands: [question] });
    await alice.types("/question");
    await world.passes(HOUR - 1);

    await alice.types("7");
    await world.passes(DAY);

    expect(alice.last.text).toBe("7, thank you");
  });

  it("stands while an answer of the wrong shape is asked for again", async () => {
    const { world, alice } = await lastingWorld({ commands: [question] });
    await alice.types("/question");
    await alice.types("many");
    expect(alice.last.text).toBe("again");

    await world.passes(HOUR);

    expect(alice.last.text).toBe("never mind");
  });
});

describe("a run that slept over a deploy", () => {
  const shorter = command({ ...nap, data: z.object({}), initial: {}, steps: { start: async () => {} } });
  const stricter = command({
    ...nap,
    data: z.object({ name: z.string() }),
    initial: { name: "" },
    steps: { start: async () => {}, wake: async (chat, { data }) => chat.say(data.name) },
  });

  it.each([
    ["whose step is gone", shorter],
    ["whose data has another shape by now", stricter],
  ])("%s ends politely, with the menu", async (_, today) => {
    const { world, alice } = await lastingWorld({ commands: [nap] });
    await alice.types("/nap");

    world.deploys(bareBot({ commands: [...world.dialogs.commands.filter((one) => one !== nap), today] }));
    alice.crashes();
    await world.passes(2 * DAY);

    expect(alice.sees.at(-2)).toContain("out of date");
    expect(alice.last.text).toBe("menu");
    expect(alice.rows("runs")).toBe(0);
  });

  it("and whose question is asked by nobody any more, likewise", async () => {
    const { world, alice } = await lastingWorld({ commands: [question] });
    await alice.types("/question");

    world.deploys(bareBot({ commands: world.dialogs.commands.filter((one) => one !== question) }));
    await alice.types("7");

    expect(alice.sees.at(-2)).toContain("out of date");
    expect(alice.last.text).toBe("menu");
  });
});
