import { describe, expect, it } from "vitest";
import { addressOf, type Endpoint } from "../../main-system/endpoint.ts";
import { endpoints } from "../../main-system/endpoints/endpoints.ts";
import { mainSystem } from "../../main-system/main-system.ts";
import { json, systemServer } from "./system-server.ts";

async function systemWith(status: number, body: unknown) {
  const { url, seen } = await systemServer(json(status, body));
  return { system: mainSystem({ url, token: "secret" }), seen };
}

const { order, cart, request, tasks, news } = endpoints;

describe("what a main system offers", () => {
  it.each(Object.entries<Endpoint>(endpoints))("%s has an example of its own shape", (name, endpoint) => {
    const { params, query, body, answer } = endpoint.example;

    expect(endpoint.name).toBe(name);
    expect(endpoint.params?.strict().safeParse(params).error?.issues).toBeUndefined();
    expect(endpoint.query?.strict().safeParse(query).error?.issues).toBeUndefined();
    expect(endpoint.body?.strict().safeParse(body).error?.issues).toBeUndefined();
    expect(endpoint.answer.safeParse(answer).error?.issues).toBeUndefined();
    expect([params, query, body].filter((part) => part === undefined)).toHaveLength(
      [endpoint.params, endpoint.query, endpoint.body].filter((part) => part === undefined).length,
    );
    expect(addressOf(endpoint, endpoint.example)).not.toMatch(/[{}]|undefined/);
    expect(endpoint.method === "GET", "a read says whether it is shared").toBe("shared" in endpoint);
  });

  it("an order, a cart and a request are asked for by their ids, which come back as text", async () => {
    const { system, seen } = await systemWith(200, { ...order.example.answer, more: "ignored" });
    expect(await system.order("a/b")).toEqual({ ...order.example.answer, orderId: "504", userId: "127" });
    expect(seen[0]?.line).toBe("GET /api/orders/a%2Fb");

    const shop = await systemWith(200, cart.example.answer);
    expect(await shop.system.cart("127")).toEqual({ ...cart.example.answer, userId: "127" });
    expect(shop.seen[0]?.line).toBe("GET /api/cart/127");

    const { performerName, rating, ...unread } = request.example.answer;
    const helpdesk = await systemWith(200, { ...unread, status: "new", performerName: null });
    expect(await helpdesk.system.request("1")).toMatchObject({
      ...{ requestId: "1", userId: "127", status: "new", performerName: "", rating: null },
    });
    expect(helpdesk.seen[0]?.line).toBe("GET /api/requests/1");
  });

  it("news come since a time, ten at the most", async () => {
    const [post] = news.example.answer.posts;
    const { system, seen } = await systemWith(200, { posts: Array(12).fill(post) });

    const posts = await system.news("127", Date.UTC(2026, 0, 1, 9));

    expect(seen[0]?.line).toBe("GET /api/posts?userId=127&since=2026-01-01T09%3A00%3A00.000Z");
    expect(posts).toHaveLength(10);
    expect(posts[0]).toMatchObject({ postId: "3", authorId: "127", picture: post.imageUrl });
  });

  it("tasks are what the system would like a user to do", async () => {
    const { system, seen } = await systemWith(200, tasks.example.answer);

    const [task] = await system.tasks("127");

    expect(seen[0]?.line).toBe("GET /api/user/127/tasks");
    expect(task).toEqual({ kind: "review", requestId: "1", title: "Починить крышу над флигелем" });
  });

  it("a system that has no such thing has no news, no tasks and an empty cart", async () => {
    const { system } = await systemWith(404, { error: "not-found" });

    expect(await system.news("127", 0)).toEqual([]);
    expect(await system.tasks("127")).toEqual([]);
    expect(await system.cart("127")).toBeNull();
    expect(await system.order("1")).toBeNull();
    expect(await system.request("1")).toBeNull();
  });

  it("a request, a message and a rating are written with their keys", async () => {
    const { system, seen } = await systemWith(200, { requestId: 4, messageId: 7 });

    expect(await system.addRequest({ userId: "127", text: "Крыша" }, "k1")).toEqual({ requestId: "4" });
    await system.addMessage({ requestId: "4", userId: "u-1", text: "После обеда" }, "k2");
    await system.rate({ requestId: "4", userId: "127", rating: 5, comment: "Сухо" }, "k3");
    await system.rate({ requestId: "4", userId: "127", rating: 4, comment: "" }, "k4");

    expect(seen.map(({ line, key, body }) => [line, key, JSON.parse(body)])).toEqual([
      ["POST /api/requests", "k1", { userId: 127, text: "Крыша" }],
      ["POST /api/requests/4/messages", "k2", { userId: "u-1", text: "После обеда" }],
      ["POST /api/requests/4/rating", "k3", { userId: 127, rating: 5, comment: "Сухо" }],
      ["POST /api/requests/4/rating", "k4", { userId: 127, rating: 4 }],
    ]);
  });

  it("a family's site is made with its members, and answers with its address", async () => {
    const { system, seen } = await systemWith(200, { siteId: 1, url: "https://site.example/sites/1" });
    const site = { ownerId: "127", name: "Пушкины", members: [{ name: "Лев" }] };

    expect(await system.createSite(site, "k1")).toEqual({
      siteId: "1",
      url: "https://site.example/sites/1",
    });

    expect(seen[0]).toMatchObject({ line: "POST /api/sites", key: "k1" });
    expect(JSON.parse(seen[0]?.body ?? "")).toEqual({ ...site, ownerId: 127 });
  });

  it("a write to something that is not there is refused", async () => {
    const { system } = await systemWith(404, {});

    const rating = { requestId: "4", userId: "127", rating: 5, comment: "" };
    await expect(system.rate(rating, "k1")).rejects.toMatchObject({ code: "system-refused", status: 404 });
  });
});
