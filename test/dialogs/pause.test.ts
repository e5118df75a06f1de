import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ChannelDown } from "../../contract/channel-errors.ts";
import { communication, occasion } from "../../dialogs/communication.ts";
import { users } from "../../dialogs/recipients.ts";
import type { World } from "../kit/world.ts";
import { DAY, HOUR, lastingWorld, once, telling } from "./lasting-bot.ts";

const resumed = occasion({
  on: "resumed",
  data: z.object({}),
  initial: {},
  steps: {
    async start(chat) {
      const counts = chat.kept.map(({ kind, count }) => `${kind[chat.language]}: ${count}`);
      return chat.choose(`welcome back; ${counts.join(", ") || "nothing new"}`, {
        show: "Show",
        drop: "Drop",
      });
    },
    show: async (chat) => chat.showKept(),
    drop: async (chat) => chat.dropKept(),
  },
});

/** A post that the main system may have changed, or deleted, by the time it is shown. */
const post = communication({
  alias: "post",
  summary: "",
  map: { section: "Test", event: "A post", communication: "Alice is told", description: "" },
  example: { postId: "1" },
  params: z.object({ postId: z.string() }),
  data: z.object({ postId: z.string(), text: z.string() }),
  audience: () => users(["127"]),
  prepare: async ({ postId }, system) => ({ postId, text: (await system.post(postId))?.text ?? "" }),
  async refresh({ postId }, system) {
    const found = await system.post(postId);
    return found && { postId, text: found.text };
  },
  steps: { start: async (chat, { data: { text } }) => chat.say(text) },
});

const dialogs = {
  occasions: [resumed],
  communications: [telling("news"), telling("offers"), telling("alarm", { critical: true }), post],
  commands: [
    once("pause", async (chat) => chat.say(`until ${chat.inWords(await chat.pause({ hours: 3 }))}`)),
    once("away", async (chat) => chat.say(`until ${await chat.pause("forever")}`)),
    once("resume", async (chat) => chat.say((await chat.resume()) ? "resumed" : "was not paused")),
    once("show", async (chat) => chat.showKept()),
  ],
};

/** What became of the first recipient of each call, as the ledger was told last. */
function outcomes(world: World): Readonly<Record<string, string>> {
  const lines = world.reported.flatMap((record) =>
    record.kind === "outcome"
      ? [[record.callId, `${record.outcome.state}/${record.outcome.reason ?? ""}`]]
      : [],
  );
  return Object.fromEntries(lines);
}

describe("a pause", () => {
  it("keeps what is told, but for what is critical, and says so to the ledger", async () => {
    const { world, alice } = await lastingWorld(dialogs);
    await alice.types("/pause");
    expect(alice.last.text).toBe("until 15:00");

    const told = await world.call("news", { text: "rain" });
    await world.call("alarm", { text: "fire" });

    expect(told).toEqual({ outcomes: new Map([["127", { state: "deferred", reason: "paused" }]]) });
    expect(alice.last.text).toBe("fire");
    expect(alice.sees).not.toContain("rain");
    expect(world.directory.profileOf("1")?.pausedUntil).toBe(world.clock.now() + 3 * HOUR);
  });

  it("leaves answered what the person asks for", async () => {
    const { alice } = await lastingWorld(dialogs);
    await alice.types("/pause");
    await alice.types("/menu");

    expect(alice.last.text).toBe("menu");
  });

  it("ends at its time with a greeting that counts what came, by kind", async () => {
    const { world, alice } = await lastingWorld(dialogs);
    await alice.types("/pause");
    await world.call("news", { text: "rain" });
    await world.call("offers", { text: "umbrellas" });
    await world.call("news", { text: "sun" });
    alice.crashes();

    await world.passes(3 * HOUR);

    expect(alice.last.text).toBe("welcome back; news of news: 2, news of offers: 1");
  });

  it("and then shows it in the order in which it came, once", async () => {
    const { world, alice } = await lastingWorld(dialogs);
    await alice.types("/pause");
    for (const text of ["one", "two", "three"])
      await world.call(text === "two" ? "offers" : "news", { text });
    await world.passes(3 * HOUR);

    await alice.taps("Show");
    await alice.taps("Show");

    expect(alice.sees.slice(-3)).toEqual(["one", "two", "three"]);
    expect(outcomes(world)).toEqual({ "call-1": "sent/", "call-2": "sent/", "call-3": "sent/" });
    expect(alice.rows("kept")).toBe(0);
  });

  it("does not show what would be no news any more: its expiresAt has come", async () => {
    const { world, alice } = await lastingWorld(dialogs);
    await alice.types("/pause");
    await world.call("news", { text: "sun" });
    const [lead] = world.directory.leadsOf("127");
    if (!lead) throw new Error("Alice has signed in");
    const call = { callId: "call-1", seq: 1, userId: "127", alias: "news", data: "{}", critical: false };
    const rain = { ...world.delivery(call, lead), expiresAt: world.clock.now() + HOUR };
    await alice.isToldOf(rain);
    await world.passes(3 * HOUR);

    await alice.taps("Show");

    const outcome = { state: "expired", reason: "not-sent" };
    expect(world.reported).toContainEqual(expect.objectContaining({ seq: 1, outcome }));
    expect(alice.sees.filter((text) => text === "sun")).toHaveLength(1);
  });

  it("tells the ledger of what was not wanted", async () => {
    const { world, alice } = await lastingWorld(dialogs);
    await alice.types("/pause");
    await world.call("news", { text: "rain" });
    await world.passes(3 * HOUR);

    await alice.taps("Drop");

    expect(alice.sees).not.toContain("rain");
    expect(outcomes(world)).toEqual({ "call-1": "expired/not-wanted" });
    expect(alice.rows("kept")).toBe(0);
  });

  it("shows what the main system has by now, and drops what it has no more", async () => {
    const { world, alice } = await lastingWorld(dialogs);
    const at = (postId: string, text: string) => ({
      postId,
      text,
      authorId: "3",
      authorName: "",
      picture: null,
      url: "",
    });
    world.system.posts.push(at("1", "frist!"), at("2", "gone soon"));
    await alice.types("/pause");
    await world.call("post", { postId: "1" });
    await world.call("post", { postId: "2" });
    world.system.posts.splice(0, 2, at("1", "first!"));
    await world.passes(3 * HOUR);

    await alice.taps("Show");

    expect(alice.last.text).toBe("first!");
    expect(outcomes(world)).toEqual({ "call-1": "sent/", "call-2": "expired/outdated" });
  });

  it("drops what was cancelled meanwhile, and what is too old", async () => {
    const { world, alice } = await lastingWorld(dialogs);
    await alice.types("/away");
    await world.call("news", { text: "old" });
    await world.passes(31 * DAY);
    await world.call("news", { text: "cancelled" });
    await world.call("news", { text: "new" });
    const cancelled = world.calls.get("call-2");
    if (cancelled) world.calls.set("call-2", { ...cancelled, state: "cancelled" });

    await alice.types("/show");

    expect(alice.last.text).toBe("new");
    expect(alice.sees).not.toContain("old");
    expect(alice.sees).not.toContain("cancelled");
    expect(outcomes(world)).toEqual({ "call-1": "expired/outdated", "call-3": "sent/" });
  });

  it("that begins while it is being shown keeps the rest", async () => {
    const { world, alice } = await lastingWorld(dialogs);
    await alice.types("/away");
    for (const text of ["one", "two", "three"]) await world.call("news", { text });
    alice.phone.fails(...[1, 2].map(() => ({ error: new ChannelDown("down") })));
    await alice.types("/show");
    await alice.types("/pause");
    await world.passes(HOUR);

    expect(alice.sees).not.toContain("three");
    expect(alice.rows("kept")).toBeGreaterThan(0);
  });

  it("without an end asks for no alarm, and lasts until the person comes back", async () => {
    const { world, alice } = await lastingWorld(dialogs);
    await alice.types("/away");
    expect(alice.dueAt()).toBe(null);
    await world.passes(300 * DAY);
    await world.call("news", { text: "rain" });
    expect(alice.sees).not.toContain("rain");

    await alice.types("/resume");
    expect(alice.last.text).toBe("resumed");
    await world.call("news", { text: "sun" });

    expect(alice.last.text).toBe("sun");
  });

  it("keeps two hundred at the most: the oldest goes, and the ledger says so", async () => {
    const { world, alice } = await lastingWorld(dialogs);
    await alice.types("/away");
    for (let at = 0; at < 203; at += 1) await world.call("news", { text: `${at}` });
    await alice.wakes();

    expect(alice.rows("kept")).toBe(200);
    expect(outcomes(world)).toMatchObject({ "call-3": "expired/too-many-kept" });
  });

  it("shows the rest later where the messenger is out of order in the middle, none twice", async () => {
    const { world, alice } = await lastingWorld(dialogs);
    await alice.types("/pause");
    for (const text of ["one", "two", "three"]) await world.call("news", { text });
    await world.passes(3 * HOUR);

    alice.phone.fails({ error: new ChannelDown("down") });
    await alice.taps("Show");
    await world.passes(HOUR);

    expect(alice.sees.slice(-3)).toEqual(["one", "two", "three"]);
  });
});

describe("a change that a call made, and died before the conversation knew", () => {
  it("is found out soon: the conversation asks again after an answer", async () => {
    const { world, alice } = await lastingWorld(dialogs);
    world.directory.makeChange({ kind: "disconnect", userId: "127" });
    await alice.types("/menu");
    await world.passes(HOUR);
    await alice.types("/menu");

    const told = await world.call("news", { text: "rain" });

    expect(told).toEqual({ outcomes: new Map([["127", { state: "unlinked" }]]) });
    const [lead] = world.directory.leads;
    if (!lead) throw new Error("Alice has written");
    const call = {
      callId: "late",
      seq: 0,
      userId: "127",
      alias: "news",
      data: '{"text":"sun"}',
      critical: false,
    };
    const handed = await alice.isToldOf(world.delivery(call, lead));
    expect(handed.outcome).toEqual({ state: "unlinked", reason: "signed-out" });
  });
});
