import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ChannelBusy } from "../../contract/channel-errors.ts";
import { type AnyCommunication, communication } from "../../dialogs/communication.ts";
import { botWith } from "../kit/bot.ts";
import { toAlice } from "../kit/to-alice.ts";
import { World } from "../kit/world.ts";
import { user } from "./family-world.ts";

const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;

const HELLO = "Hello";

const notice = { ...toAlice, alias: "notice", data: z.looseObject({}) };

const plain = communication({ ...notice, steps: { start: async (chat) => chat.say(HELLO) } });

/** A world in which Alice is signed in, and can be told of one communication. */
async function worldOf(...told: readonly AnyCommunication[]) {
  const world = new World(botWith({ communications: told }));
  world.system.users.push(user("127", "Алиса", "+79180000001"));
  const alice = world.person({ phone: "+79180000001" });
  await alice.signsIn();
  const [lead] = world.directory.leadsOf("127");
  if (!lead) throw new Error("Alice has signed in");
  const call = { callId: "a call", seq: 0, userId: "127", alias: "notice", data: "{}", critical: false };
  const hellos = () => alice.sees.filter((text) => text.includes(HELLO)).length;
  return { world, alice, hellos, delivery: world.delivery(call, lead) };
}

describe("a delivery that is handed over again and again", () => {
  it("is told once, also where its first step only goes on to another", async () => {
    const goesOn = communication({
      ...notice,
      steps: {
        start: async (chat) => chat.goto("tell"),
        tell: async (chat) => chat.say(HELLO),
      },
    });
    const { world, alice, hellos, delivery } = await worldOf(goesOn);

    for (let time = 0; time < 3; time += 1) {
      await alice.isToldOf(delivery);
      await world.passes(5 * SECOND);
    }

    expect(hellos()).toBe(1);
  });

  it("is told once, also four days later and with another in between", async () => {
    const { world, alice, hellos, delivery } = await worldOf(plain);
    await alice.isToldOf(delivery);
    await world.passes(4 * DAY);
    await alice.isToldOf({ ...delivery, callId: "another call" });

    const handed = await alice.isToldOf(delivery);

    expect(handed).toEqual({ outcome: { state: "sent" } });
    expect(hellos()).toBe(2);
  });

  it("is not begun where nobody waits for the answer any more, and arrives the next time", async () => {
    const { alice, hellos, delivery } = await worldOf(plain);

    const unawaited = await alice.isToldOf(delivery, () => false);
    const seen = hellos();
    const awaited = await alice.isToldOf(delivery);

    expect(unawaited).toMatchObject({ outcome: { state: "deferred" }, again: expect.any(Number) });
    expect(seen).toBe(0);
    expect(awaited).toEqual({ outcome: { state: "sent" } });
    expect(hellos()).toBe(1);
  });
});

describe("a delivery that had to wait for its chat", () => {
  it("has all its tries yet when its own code fails", async () => {
    let failures = 3;
    const flaky = communication({
      ...notice,
      steps: {
        async start(chat) {
          failures -= 1;
          if (failures >= 0) throw new TypeError("passing");
          await chat.say(HELLO);
        },
      },
    });
    const { world, alice, hellos } = await worldOf(flaky);
    const busy = { error: new ChannelBusy(10) };
    alice.phone.fails(busy, busy, busy);
    await alice.types("/help");

    const result = await world.call("notice", {});
    await world.passes(DAY);

    expect(result).toEqual({ outcomes: new Map([["127", { state: "deferred", reason: "chat-held" }]]) });
    expect(hellos()).toBe(1);
  });
});

describe("deliveries that have to wait for one chat", () => {
  const second = communication({
    ...notice,
    alias: "second",
    steps: { start: async (chat) => chat.say("Second") },
  });
  const urgent = communication({
    ...notice,
    alias: "urgent",
    steps: { start: async (chat) => chat.say("Urgent") },
  });

  async function busyWorld() {
    const made = await worldOf(plain, second, urgent);
    const { alice, delivery } = made;
    alice.phone.fails({ error: new ChannelBusy(2) });
    const first = await alice.isToldOf(delivery);
    return { ...made, first, other: { ...delivery, callId: "another call", alias: "second" } };
  }

  it("arrive in the order in which they came, whoever of them asks first when the chat is free", async () => {
    const { world, alice, first, delivery, other } = await busyWorld();
    await world.passes(3 * SECOND);

    const early = await alice.isToldOf(other);
    const told = await alice.isToldOf(delivery);
    await world.passes(SECOND);
    const then = await alice.isToldOf(other);

    expect(first).toMatchObject({ outcome: { state: "deferred", reason: "channel-busy" } });
    expect(early).toMatchObject({
      outcome: { state: "deferred", reason: "chat-held" },
      again: expect.any(Number),
    });
    expect([told, then]).toEqual([{ outcome: { state: "sent" } }, { outcome: { state: "sent" } }]);
    expect(alice.sees.slice(-2)).toEqual([HELLO, "Second"]);
  });

  it("do not wait for one that never comes again: its call may have been stopped", async () => {
    const { world, alice, other } = await busyWorld();
    await world.passes(13 * SECOND);

    const told = await alice.isToldOf(other);

    expect(told).toEqual({ outcome: { state: "sent" } });
  });

  it("let the critical go first", async () => {
    const { world, alice, other } = await busyWorld();
    await world.passes(3 * SECOND);

    const told = await alice.isToldOf({ ...other, alias: "urgent", critical: true });

    expect(told).toEqual({ outcome: { state: "sent" } });
  });
});

describe("a step that fails after something it did", () => {
  it("does not call the message uncertain that it had sent", async () => {
    let isBroken = true;
    const breaks = communication({
      ...notice,
      steps: {
        start: async (chat) => chat.choose("Shall I?", { go: "Go" }),
        async go(chat) {
          await chat.say(HELLO);
          if (isBroken) throw new TypeError("passing");
          return chat.choose("Again?", { go: "Go" });
        },
      },
    });
    const { world, alice, hellos, delivery } = await worldOf(breaks);
    await alice.isToldOf(delivery);

    await alice.taps("Go");
    isBroken = false;
    await world.passes(20 * SECOND);

    expect(alice.last.text).toContain("Again?");
    expect(hellos()).toBe(1);
    expect(world.logged).not.toContain("message-uncertain");
  });

  // What was read must not be read otherwise the second time, so the conversation keeps it, and with it the delivery:
  // a cancel comes too late for it, though no message has left.
  it("stays its conversation's where it had read from the main system, and arrives by itself", async () => {
    const reads = communication({
      ...notice,
      steps: {
        async start(chat) {
          await chat.system.post("1");
          await chat.say(HELLO);
        },
      },
    });
    const { world, alice, hellos, delivery } = await worldOf(reads);
    alice.phone.fails({ error: new ChannelBusy(60) });

    const handed = await alice.isToldOf({ ...delivery, until: world.clock.now() + 15 * SECOND });
    const seen = hellos();
    await world.passes(61 * SECOND);

    expect(handed).toEqual({ outcome: { state: "deferred", reason: "on-the-wire" } });
    expect(seen).toBe(0);
    expect(hellos()).toBe(1);
    expect(world.reported.at(-1)).toMatchObject({ callId: "a call", outcome: { state: "sent" } });
  });
});
