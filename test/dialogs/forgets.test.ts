import { describe, expect, it } from "vitest";
import { z } from "zod";
import { communication, reminder } from "../../dialogs/communication.ts";
import { bareBot } from "../kit/bot.ts";
import { toAlice } from "../kit/to-alice.ts";
import { HOUR, lastingWorld } from "./lasting-bot.ts";

const ordered = communication({
  ...toAlice,
  alias: "ordered",
  example: { orderId: "1" },
  params: z.object({ orderId: z.string() }),
  data: z.object({ orderId: z.string() }),
  prepare: async ({ orderId }) => ({ orderId }),
  forgets: () => ["cart"],
  steps: { start: async (chat) => chat.say("ordered") },
});

/** The same after a deploy: its data has another shape. */
const orderedToday = communication({
  ...toAlice,
  alias: "ordered",
  example: { orderId: 1 },
  params: z.object({ orderId: z.number() }),
  data: z.object({ orderId: z.number() }),
  prepare: async ({ orderId }) => ({ orderId }),
  forgets: ({ orderId }) => [`cart/${orderId.toFixed()}`],
  steps: { start: async (chat) => chat.say("ordered") },
});

const broken = communication({
  ...toAlice,
  alias: "broken",
  forgets: () => {
    throw new Error("A bug of this communication");
  },
  steps: { start: async (chat) => chat.say("broken") },
});

const water = reminder({
  name: "water",
  data: z.object({}),
  steps: { start: async (chat) => chat.say("water the rose") },
});

const planted = communication({
  ...toAlice,
  alias: "planted",
  steps: {
    start: async (chat) => chat.remind({ key: "water", dialog: water, time: { hours: 1 }, data: {} }),
  },
});

describe("a delivery that makes reminders needless", () => {
  it("fails where its data has another shape by now", async () => {
    const { world, alice } = await lastingWorld({ communications: [ordered] });
    const [lead] = world.directory.leads;
    if (!lead) throw new Error("Alice has written");
    const { commands } = world.dialogs;
    world.deploys(bareBot({ commands, communications: [orderedToday] }));
    const call = { callId: "c", seq: 0, userId: "127", alias: "ordered", critical: false };

    const handed = await alice.isToldOf(world.delivery({ ...call, data: '{"orderId":"1"}' }, lead));

    expect(handed.outcome.state).toBe("failed");
    expect(alice.sees).not.toContain("ordered");
  });

  it("is put off where it fails to say which", async () => {
    const { world, alice } = await lastingWorld({ communications: [broken] });

    const told = await world.call("broken", {});

    expect(told).toMatchObject({
      outcomes: new Map([["127", expect.objectContaining({ state: "deferred", reason: "step-failed" })]]),
    });
    expect(alice.sees).not.toContain("broken");
  });
});

describe("a reminder that a delivery planned", () => {
  it("comes where nobody has written to the conversation yet", async () => {
    const { world } = await lastingWorld({ communications: [planted], reminders: [water] });
    const bob = world.person({ firstName: "Bob", language: "en" });
    const address = { botId: "1", channel: "telegram", externalId: bob.externalId } as const;
    const sender = { externalId: bob.externalId, firstName: "Bob", languageCode: "en" };
    const profile = await world.directory.port.lead(address, sender, "en");
    const call = { callId: "c", seq: 0, userId: null, alias: "planted", data: "{}", critical: false };
    await bob.isToldOf(world.delivery(call, { address, profile }));
    bob.crashes();

    await world.passes(2 * HOUR);

    expect(bob.sees).toEqual(["water the rose"]);
  });
});
