import { describe, expect, it } from "vitest";
import { z } from "zod";
import { communication } from "../../dialogs/communication.ts";
import { users } from "../../dialogs/recipients.ts";
import { botWith } from "../kit/bot.ts";
import { World } from "../kit/world.ts";
import { familyWorld, user } from "./family-world.ts";

const notice = communication({
  alias: "notice",
  summary: "Says something",
  map: {
    section: "Test",
    event: "Something happens",
    communication: "Whoever it is is told",
    description: "",
  },
  example: {},
  params: z.strictObject({}),
  data: z.object({}),
  audience: () => users(["127"]),
  prepare: async () => ({}),
  steps: { start: async (chat) => chat.say("Something happened") },
});

/** Rows that a conversation writes are nearly all of what a message costs (docs/performance.md). */
describe("the rows written", () => {
  it("for a notification are two: one before it leaves, one after", async () => {
    const world = new World(botWith({ communications: [notice] }));
    world.system.users.push(user("127", "Алиса", "+79180000001"));
    const alice = world.person({ phone: "+79180000001" });
    await alice.signsIn();
    const before = alice.written();

    await world.call("notice", {});

    expect(alice.last.text).toBe("Something happened");
    expect(alice.written() - before).toBe(2);
  });

  it("for a notification are two also where a row that is too old is used again", async () => {
    const world = new World(botWith({ communications: [notice] }));
    world.system.users.push(user("127", "Алиса", "+79180000001"));
    const alice = world.person({ phone: "+79180000001" });
    await alice.signsIn();
    await world.call("notice", {});
    await world.passes(31 * 24 * 60 * 60 * 1000);
    const before = alice.written();

    await world.call("notice", {});

    expect(alice.written() - before).toBe(2);
    expect(alice.rows("deliveries")).toBe(1);
  });

  it("for a question are three, and five for a command and its answer", async () => {
    const { world, alice } = await familyWorld();
    const before = alice.written();

    await world.call("post/new", { postId: 1, authorId: 3, userIds: [127] });
    const asked = alice.written();
    await alice.types("/help");

    expect(asked - before).toBe(3);
    expect(alice.written() - asked).toBe(5);
  });

  it("for an answer that goes to the main system are one for each effect, and some that move on", async () => {
    const { world, alice } = await familyWorld();
    await world.call("post/new", { postId: 1, authorId: 3, userIds: [127] });
    await alice.taps("Ответить");
    const asked = alice.written();

    await alice.types("Поздравляю!");

    // The update taken, and handled; the run sent on; the comment; the message; the end of the run.
    expect(alice.written() - asked).toBe(6);
  });
});
