import { describe, expect, it } from "vitest";
import { familyWorld } from "./family-world.ts";

const pushed = {
  text: "Мы уже переехали!",
  authorName: "Чарльз",
  imageUrl: "https://elsewhere.test/2.png",
  url: "https://elsewhere.test/posts/2",
};

describe("post/new with the post in the call", () => {
  it("tells what the call brings, and asks the main system nothing", async () => {
    const { world, alice, bob } = await familyWorld();
    world.system.calls.length = 0;

    const userIds = [127, 1707];
    const result = await world.call("post/new", { postId: 2, authorId: 3, userIds, post: pushed });

    expect(result).toMatchObject({
      outcomes: new Map([
        ["127", { state: "sent" }],
        ["1707", { state: "sent" }],
      ]),
    });
    expect(alice.last.text).toBe("📰 Чарльз пишет на семейном сайте:\n\nМы уже переехали!");
    expect(bob.last.text).toBe("📰 Чарльз writes on the family site:\n\nМы уже переехали!");
    expect(alice.last.picture).toBe(pushed.imageUrl);
    expect(alice.last.buttons).toContainEqual({ label: "Открыть на сайте", url: pushed.url });
    expect(world.system.calls).toEqual([]);
  });

  it("needs no picture, and can be answered like any other", async () => {
    const { world, alice } = await familyWorld();
    const { imageUrl: _, ...post } = pushed;
    await world.call("post/new", { postId: 2, authorId: 3, userIds: [127], post });

    await alice.replies(alice.last, "Ура!");

    expect(world.system.comments).toEqual([{ postId: "2", authorId: "127", text: "Ура!" }]);
  });

  it.each(["javascript:alert(1)", "not an address", "ftp://elsewhere.test/1"])(
    "is refused where its page is %s",
    async (url) => {
      const { world } = await familyWorld();
      const { params } = world.dialogs.communications.find(({ alias }) => alias === "post/new") ?? {};
      const call = { postId: 2, authorId: 3, userIds: [127] };

      expect(params?.safeParse({ ...call, post: pushed }).success).toBe(true);
      expect(params?.safeParse({ ...call, post: { ...pushed, url } }).success).toBe(false);
    },
  );
});

describe("whoever was away", () => {
  it.each(["post/new", "comment/new"])("gets %s with the post as it is by now", async (alias) => {
    const { world } = await familyWorld();
    const [post] = world.system.posts;
    if (!post) throw new Error("There is no post");
    const { refresh } = world.dialogs.find(alias) ?? {};
    const data = { post, isPushed: false, comment: "Ура!", commentAuthor: "Боб" };
    const edited = { ...post, text: "Мы остаёмся!" };

    world.system.posts[0] = edited;
    expect(await refresh?.(data, world.system.port)).toMatchObject({ post: edited });
    world.system.posts.length = 0;

    expect(await refresh?.(data, world.system.port)).toBeNull();
  });

  it("gets a post that came with its call as it came: the system may have no way to ask for it", async () => {
    const { world } = await familyWorld();
    const { refresh } = world.dialogs.find("post/new") ?? {};
    const { imageUrl, ...rest } = pushed;
    const data = { post: { postId: "2", authorId: "3", picture: imageUrl, ...rest }, isPushed: true };

    expect(await refresh?.(data, world.system.port)).toEqual(data);
  });
});
