import { describe, expect, it } from "vitest";
import { visitor } from "./visitor.ts";
import { startWorld } from "./world.ts";

const HOUR_MS = 60 * 60 * 1000;

describe("news for a user", () => {
  it("are the posts since a time, newest first, each as GET /post gives it", async () => {
    const { api, clock } = await startWorld();
    const since = (hours: number) => new Date(clock.now() - hours * HOUR_MS).toISOString();

    const threeDays = await api(`/posts?userId=127&since=${since(80)}`);
    const today = await api(`/posts?userId=127&since=${since(24)}`);

    expect(threeDays.status).toBe(200);
    expect(threeDays.body.posts.map(({ postId }) => postId)).toEqual([3, 2]);
    expect(threeDays.body.posts[0]).toEqual((await api("/post/3")).body);
    expect(today.body).toEqual({ posts: [] });
  });

  it("are ten at the most, and not the one made at that very moment", async () => {
    const { api, clock } = await startWorld();
    const start = new Date(clock.now()).toISOString();
    await api("/post", { authorId: 3, text: "В тот же миг" });
    clock.pass(1);
    for (let n = 1; n <= 11; n += 1) await api("/post", { authorId: 3, text: `Запись ${n}` });

    const news = await api(`/posts?userId=127&since=${start}`);

    expect(news.body.posts.map(({ postId }) => postId)).toEqual([15, 14, 13, 12, 11, 10, 9, 8, 7, 6]);
  });

  it.each([
    ["userId=999&since=2026-05-01T00:00:00Z", 404, "user-not-found"],
    ["userId=x&since=2026-05-01T00:00:00Z", 404, "user-not-found"],
    ["userId=127", 422, "validation"],
    ["userId=127&since=yesterday", 422, "validation"],
    ["since=2026-05-01T00:00:00Z", 422, "validation"],
  ])("are refused for %s", async (query, status, error) => {
    const { api } = await startWorld();

    expect(await api(`/posts?${query}`)).toMatchObject({ status, body: { error } });
  });
});

describe("a family's own site (requirement 30)", () => {
  it("is made with its members, once for a key, and shown at the address that was answered", async () => {
    const world = await startWorld();
    const body = { ownerId: 127, name: "Дом <Пушкиных>", members: [{ name: "Арина" }, { name: "Лев" }] };

    const made = await world.api("/sites", body, { "Idempotency-Key": "s" });
    const again = await world.api("/sites", body, { "Idempotency-Key": "s" });

    expect(made).toMatchObject({ status: 201, body: { siteId: 1, url: `${world.site.url}/sites/1` } });
    expect(again.body).toEqual(made.body);
    const page = await visitor(world, 3).read("/sites/1");
    expect(page).toContain("Дом &lt;Пушкиных&gt;</h1>");
    expect(page).toContain("Александр Пушкин");
    expect(page.split('data-testid="site-member"')).toHaveLength(3);
    expect(page).toMatch(/Арина[\s\S]*Лев/);
    expect(await visitor(world, 3).read("/family")).toContain('href="/sites/1"');
    expect((await fetch(`${world.site.url}/sites/2`)).status).toBe(404);
  });

  it("takes a name of 100 characters and 50 members", async () => {
    const { api } = await startWorld();
    const members = Array.from({ length: 50 }, (_, n) => ({ name: `Родня ${n}` }));

    expect((await api("/sites", { ownerId: 127, name: "я".repeat(100), members })).status).toBe(201);
    expect((await api("/sites", { ownerId: 127, name: "Мы", members: [] })).status).toBe(201);
  });

  it.each([
    ["nobody", { ownerId: 999 }, 404, "user-not-found"],
    ["a blocked owner", { ownerId: 10 }, 403, "user-inactive"],
    ["no name", { name: " " }, 422, "validation"],
    ["a name too long", { name: "я".repeat(101) }, 422, "validation"],
    ["too many members", { members: Array(51).fill({ name: "a" }) }, 422, "validation"],
    ["a member without a name", { members: [{ name: "" }] }, 422, "validation"],
  ])("is refused for %s", async (_, wrong, status, error) => {
    const { api } = await startWorld();

    const answer = await api("/sites", { ownerId: 127, name: "Мы", members: [], ...wrong });

    expect(answer).toMatchObject({ status, body: { error } });
  });
});
