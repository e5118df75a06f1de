import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { KEY, visitor } from "./visitor.ts";
import { startWorld, type World } from "./world.ts";

const PNG = readFileSync(new URL("../../../examples/family-site/seed/mikhailovskoye.png", import.meta.url));

const read = (world: World, path: string) => visitor(world, "guest").read(path);

/** Natalia at the pages. */
const natalia = (world: World) => visitor(world, 3);

describe("the pages", () => {
  it("publish a post with its picture, as who is signed in, and tell the bot", async () => {
    const world = await startWorld();
    const picture = new File([PNG], "дом.png", { type: "text/html" });

    const sent = await natalia(world).send("/posts", { text: "Первый снег", picture, formKey: KEY });

    expect(sent.status).toBe(303);
    expect(sent.headers.get("location")).toBe("/posts/4");
    const post = (await world.api("/post/4")).body;
    expect(post).toMatchObject({
      authorId: 3,
      text: "Первый снег",
      imageUrl: `${world.site.url}/pictures/2`,
    });
    const shown = await fetch(post.imageUrl);
    expect(shown.headers.get("content-type")).toBe("image/png");
    expect(shown.headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
    expect(shown.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    expect(Buffer.from(await shown.arrayBuffer()).equals(PNG)).toBe(true);
    await expect.poll(() => world.bot.calls.map((call) => call.params.postId)).toEqual([4]);
  });

  it("publish once however often the button is clicked, and anew when the text is another", async () => {
    const world = await startWorld();
    const author = natalia(world);
    const comment = (text: string) => author.send("/posts/3/comments", { text, formKey: KEY });

    const clicks = await Promise.all([comment("Едем!"), comment("Едем!"), comment("Едем!")]);
    const rewritten = await comment("Едем завтра!");

    expect(new Set(clicks.map((click) => click.headers.get("location")))).toEqual(
      new Set(["/posts/3#comment-9"]),
    );
    expect(rewritten.headers.get("location")).toBe("/posts/3#comment-10");
    expect((await world.api("/post/3/comments")).body.comments).toHaveLength(5);
  });

  it("keep what was typed when something is wrong with it", async () => {
    const world = await startWorld();
    const text = new File(["это не картинка"], "a.png", { type: "image/png" });

    const author = natalia(world);
    const noPicture = await author.send("/posts", { text: "Мой <рассказ>", picture: text, formKey: KEY });
    const empty = await author.send("/posts/3/comments", { text: "  ", formKey: KEY });

    expect(noPicture.status).toBe(422);
    expect(await noPicture.text()).toMatch(/JPEG или PNG[\s\S]*Мой &lt;рассказ&gt;/);
    expect(empty.status).toBe(422);
    expect(await empty.text()).toContain("Напишите хоть слово");
  });

  it("take a form that cannot be read for an empty one", async () => {
    const world = await startWorld();

    const author = natalia(world);
    const broken = await author.send("/posts", { text: "a" }, { "Content-Type": "multipart/form-data" });
    const nobody = await author.send("/actor", {});

    expect(broken.status).toBe(422);
    expect(nobody.status).toBe(422);
  });

  it("refuse a picture over 5 MiB", async () => {
    const world = await startWorld();
    const big = new File([PNG, new Uint8Array(5 * 1024 * 1024)], "big.png");
    const huge = new File([PNG, new Uint8Array(6 * 1024 * 1024)], "huge.png");

    const author = natalia(world);
    const tooBig = await author.send("/posts", { text: "a", picture: big, formKey: KEY });
    const tooHuge = await author.send("/posts", { text: "a", picture: huge, formKey: KEY });

    expect(tooBig.status).toBe(422);
    expect(tooHuge.status).toBe(413);
    expect((await world.api("/post/4")).status).toBe(404);
  });

  it("escape everything that people write", async () => {
    const world = await startWorld();
    const evil = `<script>alert(1)</script>"'&`;
    await world.api("/user", { firstname: evil, phone: "79001112233" });
    const { userId } = (await world.api("/user?phone=79001112233")).body;
    await world.api("/post", { authorId: userId, text: evil, imageUrl: "https://x.example/?a=%22onerror=" });
    await world.api("/post/4/comments", { authorId: userId, text: evil });

    const pages = await Promise.all(
      ["/", "/posts/4", "/posts/4/live", "/family"].map((path) => read(world, path)),
    );

    for (const page of pages) {
      expect(page).not.toContain("<script>alert");
      expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;");
    }
  });

  it.each([
    ["another site", { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" }],
    ["a page without an origin", { Origin: "null" }],
  ])("refuse a form from %s and change nothing", async (_, headers) => {
    const world = await startWorld();

    const author = natalia(world);
    await author.read("/");
    const comment = await author.send("/posts/3/comments", { text: "Взлом", formKey: KEY }, headers);
    const actor = await author.send("/actor", { userId: "127", back: "/" }, headers);
    const signOut = await author.send("/sign-out", {}, headers);
    const post = await author.send(
      "/posts",
      { text: "Взлом", formKey: KEY, picture: new File([PNG], "a.png") },
      headers,
    );

    expect([comment, actor, signOut, post].map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    expect(await comment.text()).toContain("Форма отправлена с другого сайта");
    expect(actor.headers.get("set-cookie")).toBeNull();
    expect(await author.read("/")).toContain('data-testid="sign-out"');
    expect((await world.api("/post/3/comments")).body.comments).toHaveLength(3);
  });

  it("allow nothing inline and no framing", async () => {
    const world = await startWorld();

    const response = await fetch(world.site.url);
    const page = await response.text();

    expect(response.headers.get("content-security-policy")).toMatch(
      /default-src 'none'.*frame-ancestors 'none'/,
    );
    expect(response.headers.get("content-security-policy")).not.toContain("unsafe");
    expect(page).not.toMatch(/<style|style=|<script>|onclick=/);
    expect(page).toMatch(/<html lang="ru">/);
  });

  it("answer the asking of an open page with nothing until there is news", async () => {
    const world = await startWorld();
    const ask = (tag: string) =>
      fetch(`${world.site.url}/posts/3/live`, { headers: { "If-None-Match": tag } });
    const tag = (await ask("")).headers.get("etag") ?? "";

    const same = await ask(tag);
    await world.api("/post/3/comments", { authorId: 127, text: "Из Telegram" });
    const news = await ask(tag);

    expect(same.status).toBe(304);
    expect(news.status).toBe(200);
    expect(await news.text()).toContain("Из Telegram");
  });

  it("show an employee everybody's orders and a member their own", async () => {
    const world = await startWorld();
    const orders = async (userId: number) => {
      const page = await visitor(world, userId).read("/orders");
      return [...page.matchAll(/data-order="(\d+)"/g)].map((match) => match[1]);
    };

    expect(await orders(127)).toEqual(["504", "501"]);
    expect(await orders(9)).toEqual(["504", "503", "502", "501"]);
  });

  it("page through a long feed", async () => {
    const world = await startWorld();
    for (let n = 1; n <= 19; n += 1) await world.api("/post", { authorId: 3, text: `Запись ${n}` });
    const posts = (page: string) => page.split('data-testid="post"').length - 1;

    const first = await read(world, "/");
    const older = /href="(\/\?before=\d+)"/.exec(first)?.[1] ?? "";

    expect(posts(first)).toBe(20);
    expect(posts(await read(world, older))).toBe(2);
  });

  it("say so where there is no such page, picture or post", async () => {
    const world = await startWorld();

    for (const path of ["/zzz", "/posts/999", "/posts/abc", "/pictures/9", "/posts/999/live"]) {
      const response = await fetch(world.site.url + path);
      expect(response.status).toBe(404);
      expect(await response.text()).toContain("Такой страницы нет");
    }
  });
});
