import { describe, expect, it } from "vitest";
import { ChannelBlocked, ChannelBusy, ChannelUncertain } from "../../contract/channel-errors.ts";
import { familyWorld } from "./family-world.ts";

const newComment = { postId: 1, authorId: 3, commentAuthorId: 1707, comment: "Ура!", userIds: [127, 1707] };
const MINUTE = 60_000;

describe("a delivery that meets an obstacle", () => {
  it("waits as long as the messenger asks, and then arrives once", async () => {
    const { world, alice } = await familyWorld();
    alice.phone.fails({ error: new ChannelBusy(30) });
    const before = alice.sees.length;

    const result = await world.call("post/new", { postId: 1, authorId: 3, userIds: [127] });
    expect(result).toEqual({ outcomes: new Map([["127", { state: "deferred", reason: "channel-busy" }]]) });
    await world.passes(29_000);
    expect(alice.sees).toHaveLength(before);
    await world.passes(2_000);

    expect(alice.sees).toHaveLength(before + 1);
    expect(world.reported.at(-1)).toMatchObject({ outcome: { state: "sent" } });
  });

  it("is never sent again where it may have arrived", async () => {
    const { world, alice } = await familyWorld();
    alice.phone.fails({ error: new ChannelUncertain("cut"), sent: true });
    const before = alice.sees.length;

    const result = await world.call("post/new", { postId: 1, authorId: 3, userIds: [127] });
    await world.passes(24 * 60 * MINUTE);

    expect(result).toEqual({
      outcomes: new Map([["127", { state: "uncertain", reason: "connection-lost" }]]),
    });
    expect(alice.sees).toHaveLength(before + 1);
  });

  it("ends where the person has blocked the bot; their next message lets it in again", async () => {
    const { world, alice } = await familyWorld();
    alice.phone.fails({ error: new ChannelBlocked("bot was blocked by the user") });

    const result = await world.call("post/new", { postId: 1, authorId: 3, userIds: [127] });

    expect(result).toEqual({ outcomes: new Map([["127", { state: "blocked", reason: "channel-blocked" }]]) });
    expect(world.directory.statusOf(alice.externalId)).toBe("blocked");
    await alice.types("/menu");
    expect(world.directory.statusOf(alice.externalId)).toBe("active");
  });

  it("does not come in between while the messenger holds the chat, and keeps the order of what the person wrote", async () => {
    const { world, alice } = await familyWorld();
    alice.phone.fails({ error: new ChannelBusy(10) });
    const before = alice.sees.length;

    await alice.types("/help");
    await alice.types("/menu");
    await world.call("post/new", { postId: 1, authorId: 3, userIds: [127] });
    expect(alice.sees).toHaveLength(before);
    await world.passes(11_000);

    expect(alice.sees.slice(before).map((text) => text.slice(0, 4))).toEqual(["Я пр", "Меню", "📰 Ч"]);
  });

  it("waits as a whole while the messenger holds the chat: nothing else is tried, and nothing torn apart", async () => {
    const { world, alice } = await familyWorld();
    world.system.posts.push({
      ...world.system.posts[0],
      postId: "2",
      picture: null,
      text: "Д".repeat(6000),
    } as (typeof world.system.posts)[number]);
    const before = alice.sees.length;
    alice.phone.fails({ error: new ChannelBusy(60) });
    await world.call("post/new", { postId: 2, authorId: 3, userIds: [127] });
    for (const comment of ["раз", "два"]) await world.call("comment/new", { ...newComment, comment });
    alice.phone.fails({ error: new ChannelBusy(60) });

    await world.passes(61_000);
    expect(alice.sees).toHaveLength(before);
    await world.passes(61_000);

    expect(alice.sees.slice(before).map((text) => text[0])).toEqual(["📰"[0], "Д", "💬"[0], "💬"[0]]);
  });

  it("does not reach somebody who signed out before it came", async () => {
    const { world, alice } = await familyWorld();
    alice.phone.fails({ error: new ChannelBusy(3) });
    await world.call("post/new", { postId: 1, authorId: 3, userIds: [127] });

    await alice.types("/logout");
    await world.passes(MINUTE);

    expect(alice.sees.filter((text) => text.includes("Чарльз"))).toHaveLength(0);
    expect(world.reported.at(-1)).toMatchObject({ outcome: { state: "unlinked", reason: "signed-out" } });
  });

  it("is known to be answered also a week later", async () => {
    const { world, alice } = await familyWorld();
    await world.call("comment/new", newComment);
    const comment = alice.last;
    await world.passes(8 * 24 * 60 * MINUTE);
    await world.call("comment/new", newComment);

    await alice.taps("Ответить", comment);

    expect(world.reported).toContainEqual(
      expect.objectContaining({ callId: "call-1", outcome: { state: "answered" } }),
    );
  });
});
