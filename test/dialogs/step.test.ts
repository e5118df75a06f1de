import { describe, expect, it } from "vitest";
import { z } from "zod";
import { dialogsOfBot } from "../../communications/bots.ts";
import { type AnyCommand, answer, command } from "../../dialogs/communication.ts";
import { bareBot } from "../kit/bot.ts";
import { World } from "../kit/world.ts";

const again = { ru: "ещё раз", en: "again" };
const menu = command({
  command: "menu",
  summary: { ru: "Menu", en: "Menu" },
  data: z.object({}),
  initial: {},
  steps: { start: async (chat) => chat.say("menu") },
});

/** A world whose bot has this command beside the menu. */
const worldOf = (dialog: AnyCommand) => new World(bareBot({ commands: [menu, dialog] }));

describe("a dialog", () => {
  it("carries its data from step to step, and goes from one to the next", async () => {
    const sum = command({
      command: "sum",
      summary: { ru: "Adds", en: "Adds" },
      data: z.object({ total: z.number() }),
      initial: { total: 0 },
      answers: { add: answer(z.coerce.number(), again) },
      steps: {
        start: async (chat) => chat.ask("number?", "add"),
        add: async (chat, { data, answer: number }) => {
          const total = data.total + number;
          return total < 10
            ? chat.ask(`so far ${total}`, "add", { data: { total } })
            : chat.goto("tell", { total });
        },
        tell: async (chat, { data }) => chat.say(`total ${data.total}`),
      },
    });
    const alice = worldOf(sum).person();

    for (const text of ["/sum", "4", "x", "5", "6"]) await alice.types(text);

    expect(alice.sees).toEqual(["number?", "so far 4", "ещё раз", "so far 9", "total 15"]);
    expect(alice.rows("runs")).toBe(0);
  });

  it("that runs in a circle is stopped, and the person told", async () => {
    const circle = command({
      command: "circle",
      summary: { ru: "Never ends", en: "Never ends" },
      data: z.object({}),
      initial: {},
      steps: { start: async (chat) => chat.goto("again"), again: async (chat) => chat.goto("again") },
    });
    const alice = worldOf(circle).person();

    await alice.types("/circle");

    expect(alice.sees).toEqual([expect.stringContaining("не получилось")]);
    expect(alice.rows("runs")).toBe(0);
  });

  it("whose step loops over messages is stopped", async () => {
    const flood = command({
      command: "flood",
      summary: { ru: "Never stops talking", en: "Never stops talking" },
      data: z.object({}),
      initial: {},
      steps: {
        start: async (chat) => {
          for (;;) await chat.say("and another thing");
        },
      },
    });
    const alice = worldOf(flood).person();

    await alice.types("/flood");

    expect(alice.sees).toHaveLength(101);
    expect(alice.last.text).toContain("не получилось");
  });

  it("whose code throws is tried again some times, and then given up, politely", async () => {
    let tries = 0;
    const broken = command({
      command: "broken",
      summary: { ru: "Throws", en: "Throws" },
      data: z.object({}),
      initial: {},
      steps: {
        start: async (chat) => {
          await chat.say("before");
          tries += 1;
          throw new TypeError("a bug");
        },
      },
    });
    const world = worldOf(broken);
    const alice = world.person();

    await alice.types("/broken");
    await world.passes(10 * 60_000);

    expect(alice.sees).toEqual(["before", expect.stringContaining("не получилось")]);
    expect(tries).toBe(4);
  });

  it("that went on after a silence of the system, and then failed of it, is given up: it can't be repeated", async () => {
    const twice = command({
      command: "twice",
      summary: { ru: "", en: "" },
      data: z.object({}),
      initial: {},
      steps: {
        start: async (chat) => {
          try {
            await chat.system.post("1");
          } catch (error) {
            await chat.say("wait");
            throw error;
          }
        },
      },
    });
    const world = worldOf(twice);
    const alice = world.person();
    world.system.fails("silent");

    await alice.types("/twice");
    await world.passes(24 * 60 * 60_000);

    expect(alice.sees).toEqual(["wait", expect.stringContaining("не получилось")]);
  });

  it("asks again only for the silence that it did not catch: what it caught stays as it was", async () => {
    const caught = command({
      command: "caught",
      summary: { ru: "", en: "" },
      data: z.object({}),
      initial: {},
      steps: {
        start: async (chat) => {
          const known = await chat.system.user({ userId: "1" }).catch(() => null);
          await chat.say(known ? "known" : "unknown");
          await chat.system.connectBot("1");
          await chat.say("connected");
        },
      },
    });
    const world = worldOf(caught);
    world.system.users.push({
      ...{ userId: "1", firstName: "А", lastName: "", patronymic: "", role: "user", active: true },
      ...{ phone: "", email: "", location: {} },
    });
    const alice = world.person();
    world.system.fails("silent", "silent");

    await alice.types("/caught");
    await world.passes(60_000);

    expect(alice.sees.filter((text) => !text.includes("не отвечает"))).toEqual(["unknown", "connected"]);
  });

  it("started again closes its run that still waits for the system", async () => {
    const orders = command({
      command: "orders",
      summary: { ru: "", en: "" },
      data: z.object({}),
      initial: {},
      steps: {
        start: async (chat) => {
          await chat.system.post("1");
          await chat.say("your orders");
        },
      },
    });
    const world = worldOf(orders);
    const alice = world.person();
    world.system.fails("silent", "silent", "silent");

    for (let time = 0; time < 3; time += 1) await alice.types("/orders");
    await world.passes(60_000);

    expect(alice.sees.filter((text) => text === "your orders")).toHaveLength(1);
  });

  it("asks a silent system again for what it asked at the same time as other things", async () => {
    const parallel = command({
      command: "parallel",
      summary: { ru: "", en: "" },
      data: z.object({}),
      initial: {},
      steps: {
        start: async (chat) => {
          await Promise.all([chat.system.post("1"), chat.system.user({ userId: "1" })]);
          await chat.say("done");
        },
      },
    });
    const world = worldOf(parallel);
    const alice = world.person();
    world.system.fails("silent");

    await alice.types("/parallel");
    await world.passes(60_000);

    expect(alice.last.text).toBe("done");
    expect(world.system.calls).toEqual(["post", "user", "post"]);
  });

  it("that carries more than it may is stopped", async () => {
    const heavy = command({
      command: "heavy",
      summary: { ru: "Carries too much", en: "Carries too much" },
      data: z.object({ load: z.string() }),
      initial: { load: "" },
      steps: {
        start: async (chat) => chat.goto("next", { load: "x".repeat(70_000) }),
        next: async (chat) => chat.say("never"),
      },
    });
    const alice = worldOf(heavy).person();

    await alice.types("/heavy");

    expect(alice.sees).toEqual([expect.stringContaining("не получилось")]);
  });

  it("started again closes its run that still waits: its buttons are stale", async () => {
    const choice = command({
      command: "choice",
      summary: { ru: "Asks", en: "Asks" },
      data: z.object({}),
      initial: {},
      steps: {
        start: async (chat) => chat.choose("well?", { yes: "yes" }),
        yes: async (chat) => chat.say("yes it is"),
      },
    });
    const alice = worldOf(choice).person();
    await alice.types("/choice");
    const first = alice.last;
    await alice.types("/choice");

    await alice.taps("yes", first);
    await alice.taps("yes");

    expect(alice.sees).toEqual(["well?", "well?", "yes it is"]);
    expect(alice.rows("runs")).toBe(0);
  });

  it("keeps no more than a hundred runs open, however many begin", async () => {
    const world = new World(dialogsOfBot("1"));
    world.system.users.push({
      ...{ userId: "1", firstName: "А", lastName: "", patronymic: "", role: "user", active: true },
      ...{ phone: "+79187777777", email: "", location: {} },
    });
    world.system.posts.push({
      postId: "1",
      authorId: "3",
      authorName: "Н",
      text: "т",
      picture: null,
      url: "http://s.test",
    });
    const alice = world.person();
    await alice.signsIn();

    for (let n = 0; n < 130; n += 1)
      await world.call("comment/new", { postId: 1, authorId: 3, comment: `${n}`, userIds: [1] });

    expect(alice.rows("runs")).toBe(100);
    await alice.taps("Ответить");
    expect(alice.last.text).toContain("Напишите ваш ответ");
  });
});

describe("the dialogs of a bot", () => {
  it("have names of their own, and steps whose names fit a button", () => {
    const named = (step: string) =>
      command({
        command: "x",
        summary: { ru: "", en: "" },
        data: z.object({}),
        initial: {},
        steps: { start: async () => {}, [step]: async () => {} },
      });

    expect(() => bareBot({ commands: [menu, menu] })).toThrow("Two dialogs");
    expect(() => bareBot({ commands: [menu, named("a".repeat(50))] })).toThrow("can't be called");
    expect(() => bareBot({ commands: [menu, named("a:b")] })).toThrow("can't be called");
    expect(() => bareBot({ commands: [] })).toThrow("/menu");
  });
});
