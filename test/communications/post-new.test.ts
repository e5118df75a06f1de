import { describe, expect, it } from "vitest";
import { PictureRefused } from "../../contract/channel-errors.ts";
import { familyWorld } from "./family-world.ts";

describe("post/new", () => {
  it("shows the post with its picture, each in their own language", async () => {
    const { world, alice, bob } = await familyWorld();

    const result = await world.call("post/new", { postId: 1, authorId: 3, userIds: [127, 1707] });

    expect(result).toMatchObject({
      outcomes: new Map([
        ["127", { state: "sent" }],
        ["1707", { state: "sent" }],
      ]),
    });
    expect(alice.last.text).toContain("Чарльз пишет на семейном сайте:\n\nМы переезжаем!");
    expect(alice.last.picture).toBe("https://site.test/pictures/1");
    expect(bob.last.text).toContain("Чарльз writes on the family site:");
  });

  it("can be answered: by its button, or by a reply to it", async () => {
    const { world, alice } = await familyWorld();
    await world.call("post/new", { postId: 1, authorId: 3, userIds: [127] });
    const post = alice.last;

    await alice.taps("Ответить");
    await alice.types("Поздравляю!");
    await alice.replies(post, "Куда?");

    expect(world.system.comments.map(({ authorId, text }) => [authorId, text])).toEqual([
      ["127", "Поздравляю!"],
      ["127", "Куда?"],
    ]);
  });

  it("of several pieces can be answered by a reply to any of them", async () => {
    const { world, alice } = await familyWorld();
    const long = { postId: "2", authorId: "3", authorName: "Ч", text: "слово ".repeat(1000), picture: null };
    world.system.posts.push({ ...long, url: "https://s.test" });
    const before = alice.phone.shown.length;
    await world.call("post/new", { postId: 2, authorId: 3, userIds: [127] });
    const [first] = alice.phone.shown.slice(before);

    if (first) await alice.replies(first, "Прочла!");

    expect(world.system.comments).toEqual([{ postId: "2", authorId: "127", text: "Прочла!" }]);
  });

  it("fetches the post once, however many are told", async () => {
    const { world } = await familyWorld();
    world.system.calls.length = 0;

    await world.call("post/new", { postId: 1, authorId: 3, userIds: [127, 1707] });

    expect(world.system.calls).toEqual(["post"]);
  });

  it("says that a post is not there", async () => {
    const { world } = await familyWorld();

    expect(await world.call("post/new", { postId: 2, authorId: 3, userIds: [127] })).toEqual({
      refused: "post-not-found",
    });
  });

  it("sends the text alone where the picture can't be fetched, and the ledger says so", async () => {
    const { world, alice } = await familyWorld();
    alice.phone.fails({ error: new PictureRefused("failed to get HTTP URL content") });

    const result = await world.call("post/new", { postId: 1, authorId: 3, userIds: [127] });

    expect(result).toEqual({ outcomes: new Map([["127", { state: "sent", reason: "picture-missing" }]]) });
    expect(alice.last.text).toContain("Мы переезжаем!");
    expect(alice.last.picture).toBeUndefined();
  });

  it("shows what people typed as they typed it", async () => {
    const { world, alice } = await familyWorld();
    const text = "<b>не жирный</b> & 5 > 3 🎉";
    world.system.posts.push({
      postId: "2",
      authorId: "3",
      authorName: "Ч",
      text,
      picture: null,
      url: "https://s.test",
    });

    await world.call("post/new", { postId: 2, authorId: 3, userIds: [127] });

    expect(alice.last.text).toContain(text);
  });

  it("sends a long post whole and in order: picture, then text in pieces, the buttons under the last", async () => {
    const { world, alice } = await familyWorld();
    const text = Array.from({ length: 1000 }, (_, at) => `слово${at}`).join(" ");
    const picture = "https://site.test/pictures/2";
    world.system.posts.push({
      postId: "2",
      authorId: "3",
      authorName: "Ч",
      text,
      picture,
      url: "https://s.test",
    });
    const before = alice.phone.shown.length;

    await world.call("post/new", { postId: 2, authorId: 3, userIds: [127] });

    const [photo, ...texts] = alice.phone.shown.slice(before);
    expect(photo).toMatchObject({ picture, text: "" });
    expect(texts.every((piece) => piece.text.length <= 4096)).toBe(true);
    expect(texts.map((piece) => piece.text).join(" ")).toContain(text);
    expect(texts.map((piece) => piece.buttons.length)).toEqual([...texts.slice(1).map(() => 0), 2]);
  });
});
