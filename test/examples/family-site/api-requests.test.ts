import { describe, expect, it } from "vitest";
import { askedOf } from "./visitor.ts";
import { startWorld } from "./world.ts";

describe("requests, for the bot", () => {
  it("come with who asked, who works at them and where to read them", async () => {
    const { api, site } = await startWorld();

    expect((await api("/requests/1")).body).toEqual({
      requestId: 1,
      userId: 127,
      title: "Починить крышу над флигелем",
      status: "finished",
      performerName: "Пётр Плетнёв",
      rating: null,
      url: `${site.url}/requests/1`,
    });
    expect((await api("/requests/2")).body).toMatchObject({ userId: 127, status: "accepted" });
    expect((await api("/requests/3")).body).toMatchObject({
      userId: 1707,
      status: "new",
      performerName: "",
      rating: null,
    });
    expect(await api("/requests/99")).toMatchObject({ status: 404, body: { error: "request-not-found" } });
    expect(await api("/requests/x")).toMatchObject({ status: 404, body: { error: "request-not-found" } });
  });

  it("are tasks once they are finished and not rated (requirement 20)", async () => {
    const { api } = await startWorld();
    const review = { kind: "review", requestId: 1, title: "Починить крышу над флигелем" };

    expect((await api("/user/127/tasks")).body).toEqual({ tasks: [review] });
    expect((await api("/user/1707/tasks")).body).toEqual({ tasks: [] });
    expect(await api("/user/999/tasks")).toMatchObject({ status: 404, body: { error: "user-not-found" } });

    await api("/requests/1/rating", { userId: 127, rating: 5 });
    expect((await api("/user/127/tasks")).body).toEqual({ tasks: [] });
  });

  it("are made with the first line as their title, once for a key", async () => {
    const { api } = await startWorld();
    const line = `${"🍎".repeat(100)}\nИ ещё`;

    const made = await api("/requests", { userId: 1707, text: line }, { "Idempotency-Key": "r" });
    const again = await api("/requests", { userId: 1707, text: line }, { "Idempotency-Key": "r" });

    expect(made).toMatchObject({ status: 201, body: { requestId: 4 } });
    expect(again).toMatchObject({ status: 201, body: { requestId: 4 } });
    expect((await api("/requests/4")).body).toMatchObject({ title: `${"🍎".repeat(80)}…`, status: "new" });
    expect((await api("/requests/5")).status).toBe(404);
  });

  it.each([
    ["nobody's", { userId: 999, text: "a" }, 404, "user-not-found"],
    ["a blocked user's", { userId: 10, text: "a" }, 403, "user-inactive"],
    ["an empty one", { userId: 127, text: " " }, 422, "validation"],
    ["one with a title of its own", { userId: 127, text: "a", title: "b" }, 422, "validation"],
    ["what is no JSON", "{", 400, "invalid-json"],
  ])("are refused: %s", async (_, body, status, error) => {
    const { api } = await startWorld();

    expect(await api("/requests", body)).toMatchObject({ status, body: { error } });
    expect((await api("/requests/4")).status).toBe(404);
  });
});

describe("messages about a request", () => {
  it("of the customer are kept, and tell the bot nothing that it told us itself", async () => {
    const { api, bot, site } = await startWorld();

    const written = await api("/requests/2/messages", { userId: 127, text: "Красный" });
    await api("/requests/2/messages", { userId: 2, text: "Хорошо" });

    expect(written).toMatchObject({ status: 201, body: { messageId: expect.any(Number) } });
    await expect.poll(() => bot.calls.length).toBe(1);
    expect(bot.calls[0]?.params).toMatchObject({ text: "Хорошо" });
    const page = await (await fetch(`${site.url}/requests/2`)).text();
    expect(page).toMatch(/Красный[\s\S]*Хорошо/);
  });

  it("of the performer start request/message for the customer", async () => {
    const world = await startWorld();

    await world.api("/requests/2/messages", { userId: 2, text: "Выезжаю" });

    await expect
      .poll(() => askedOf(world))
      .toEqual([
        ["request/message", { requestId: 2, userId: 127, text: "Выезжаю", authorName: "Лев Пушкин" }],
      ]);
  });

  it("are nobody else's", async () => {
    const { api } = await startWorld();
    const write = (id: string, userId: number) => api(`/requests/${id}/messages`, { userId, text: "?" });

    expect(await write("2", 1707)).toMatchObject({ status: 403, body: { error: "not-your-request" } });
    expect(await write("2", 10)).toMatchObject({ status: 403, body: { error: "user-inactive" } });
    expect(await write("2", 999)).toMatchObject({ status: 404, body: { error: "user-not-found" } });
    expect(await write("99", 127)).toMatchObject({ status: 404, body: { error: "request-not-found" } });
    expect(await write("x", 127)).toMatchObject({ status: 404, body: { error: "request-not-found" } });
  });
});

describe("a rating", () => {
  it("is kept with its words, and replaced by a later one", async () => {
    const { api, site } = await startWorld();
    const rate = (rating: number, comment?: string) =>
      api("/requests/1/rating", { userId: "127", rating, comment });

    expect(await rate(2, "Долго")).toMatchObject({ status: 200, body: { rating: 2 } });
    expect(await rate(5, "Крыша как новая")).toMatchObject({ status: 200, body: { rating: 5 } });

    expect((await api("/requests/1")).body).toMatchObject({ rating: 5 });
    const page = await (await fetch(`${site.url}/requests/1`)).text();
    expect(page).toContain("Крыша как новая");
    expect(page).not.toContain("Долго");
    await rate(4, "");
    expect(await (await fetch(`${site.url}/requests/1`)).text()).not.toContain("Крыша как новая");
  });

  it.each([
    ["somebody else's request", "1", { userId: 1707, rating: 5 }, 403, "not-your-request"],
    ["a request that is not finished", "2", { userId: 127, rating: 5 }, 409, "request-not-finished"],
    ["a request that is not there", "99", { userId: 127, rating: 5 }, 404, "request-not-found"],
    ["six stars", "1", { userId: 127, rating: 6 }, 422, "validation"],
    ["none", "1", { userId: 127, rating: 0 }, 422, "validation"],
    ["four and a half", "1", { userId: 127, rating: 4.5 }, 422, "validation"],
  ])("is refused for %s", async (_, id, body, status, error) => {
    const { api } = await startWorld();

    expect(await api(`/requests/${id}/rating`, body)).toMatchObject({ status, body: { error } });
    expect((await api("/requests/1")).body).toMatchObject({ rating: null });
  });
});
