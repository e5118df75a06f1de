import { describe, expect, it } from "vitest";
import { startWorld } from "./world.ts";

const PUSHKIN = {
  userId: 127,
  surname: "Пушкин",
  name: "Александр",
  patronymic: "Сергеевич",
  role: "user",
  isActive: true,
  phone: "79187777777",
  email: "address@domain.ru",
  location: { country: "Россия", region: "Ставропольский край", city: "Ставрополь" },
};

describe("the site's API", () => {
  it("shows nothing without the right token", async () => {
    const { site, api } = await startWorld();

    const without = await fetch(`${site.url}/api/user?userId=127`);
    const wrong = await api("/user?userId=127", undefined, { Authorization: "Bearer dev-site-tokem" });
    const unknownPath = await fetch(`${site.url}/api/nothing`);

    expect(without.status).toBe(401);
    expect(await without.json()).toEqual({ error: "unauthorized" });
    expect(wrong.status).toBe(401);
    expect(unknownPath.status).toBe(401);
  });

  it.each([
    ["userId=127"],
    ["email=Address%40domain.ru"],
    ["phone=79187777777"],
    ["phone=%2B7%20918%20777-77-77"],
    ["phone=+7(918)7777777"],
    ["phone=8%20918%20777%2077%2077"],
    ["userId=127&phone=79187777777"],
  ])("finds Pushkin by %s, with exactly the fields of requirement 15", async (query) => {
    const { api } = await startWorld();

    const found = await api(`/user?${query}`);

    expect(found.status).toBe(200);
    expect(found.body).toEqual(PUSHKIN);
  });

  it.each([
    ["userId=999"],
    ["userId=abc"],
    ["userId=1e3"],
    ["phone=12"],
    ["email=no%40body.ru"],
    ["userId=127&phone=79161234567"],
  ])("knows nobody by %s", async (query) => {
    const { api } = await startWorld();

    expect(await api(`/user?${query}`)).toMatchObject({ status: 404, body: { error: "user-not-found" } });
  });

  it("asks for something to look by", async () => {
    const { api } = await startWorld();

    expect(await api("/user")).toMatchObject({ status: 422, body: { error: "validation" } });
  });

  it("registers a user who can then be found, and names who already has a phone or an e-mail", async () => {
    const { api } = await startWorld();
    const gogol = {
      firstname: "Николай",
      lastname: "Гоголь",
      middlename: "",
      role: "user",
      phone: "+7 900 123-45-67",
      email: "Gogol@example.org",
      location: { country: "Россия", region: null, city: "Москва" },
    };

    const made = await api("/user", gogol);
    const again = await api("/user", { ...gogol, email: "other@example.org" });
    const sameMail = await api("/user", { ...gogol, phone: "79001234568" });

    const { userId } = made.body;
    expect(made).toMatchObject({ status: 200, body: { userId: expect.any(Number) } });
    expect(again).toMatchObject({ status: 409, body: { error: "user-exists", by: "phone", userId } });
    expect(sameMail).toMatchObject({ status: 409, body: { error: "user-exists", by: "email", userId } });
    expect((await api("/user?phone=79001234567")).body).toMatchObject({
      userId,
      surname: "Гоголь",
      patronymic: null,
      isActive: true,
      email: "gogol@example.org",
    });
  });

  it("sets and clears the mark of a connected bot, as often as it is asked (requirement 17)", async () => {
    const { api, site } = await startWorld();
    const marks = async () =>
      (await (await fetch(`${site.url}/family`)).text()).split('data-testid="bot-mark"').length - 1;

    expect((await api("/user/connect-bot", { userId: 127 })).body).toEqual({ success: true });
    expect((await api("/user/connect-bot", { userId: "127" })).body).toEqual({ success: true });
    expect(await marks()).toBe(1);
    expect((await api("/user/disconnect-bot", { userId: 127 })).body).toEqual({ success: true });
    expect((await api("/user/disconnect-bot", { userId: 127 })).body).toEqual({ success: true });
    expect(await marks()).toBe(0);
    expect((await api("/user/connect-bot", { userId: 999 })).status).toBe(404);
  });

  it("gives posts, comments and orders", async () => {
    const { api, site } = await startWorld();

    const post = await api("/post/3");
    const comments = await api("/post/3/comments");
    const order = await api("/orders/501");

    expect(post.body).toEqual({
      postId: 3,
      authorId: 127,
      authorName: "Александр Пушкин",
      text: expect.stringContaining("Михайловского"),
      imageUrl: `${site.url}/pictures/1`,
      url: `${site.url}/posts/3`,
      createdAt: expect.stringMatching(/^2026-05-02T.*Z$/),
    });
    expect((await fetch(post.body.imageUrl)).headers.get("content-type")).toBe("image/png");
    expect(comments.body.comments[0]).toEqual({
      commentId: expect.any(Number),
      postId: 3,
      authorId: 1,
      authorName: "Арина Яковлева",
      text: "Худой приехал. Откормлю.",
      createdAt: expect.any(String),
    });
    expect(order.body).toEqual({
      orderId: 501,
      userId: 127,
      status: "done",
      items: [
        { name: "Перья гусиные, связка", quantity: 3, price: 350 },
        { name: "Бумага верже, 100 листов", quantity: 2, price: 890 },
      ],
      total: 2830,
      currency: "RUB",
      url: `${site.url}/orders/501`,
    });
  });

  it("says what is not there", async () => {
    const { api } = await startWorld();

    expect((await api("/post/999")).body).toEqual({ error: "post-not-found" });
    expect((await api("/post/abc/comments")).body).toEqual({ error: "post-not-found" });
    expect((await api("/post/999/comments", { authorId: 127, text: "?" })).body).toEqual({
      error: "post-not-found",
    });
    expect((await api("/post/3/comments", { authorId: 999, text: "?" })).body).toEqual({
      error: "user-not-found",
    });
    expect(await api("/post/3/comments", { authorId: 10, text: "?" })).toMatchObject({
      status: 403,
      body: { error: "user-inactive" },
    });
    expect((await api("/orders/1")).body).toEqual({ error: "order-not-found" });
  });

  it.each([
    ["no JSON", "{", 400],
    ["nothing", "", 400],
    ["an endless nest", "[".repeat(60_000), 400],
    ["an unknown field", { authorId: 127, text: "a", html: true }, 422],
    ["an empty text", { authorId: 127, text: " \n " }, 422],
    ["a text of control characters", { authorId: 127, text: "\u0000\u0007" }, 422],
    ["a text too long", { authorId: 127, text: "я".repeat(4097) }, 422],
    ["a wrong id", { authorId: "127 OR 1=1", text: "a" }, 422],
    ["too much", { authorId: 127, text: "a".repeat(70_000) }, 413],
  ])("refuses %s and publishes nothing", async (_, body, status) => {
    const { api, bot } = await startWorld();

    const answer = await api("/post/3/comments", body);

    expect(answer.status).toBe(status);
    expect(answer.body.error).toEqual(expect.any(String));
    expect((await api("/post/3/comments")).body.comments).toHaveLength(3);
    expect(bot.calls).toEqual([]);
  });

  it("takes no address of a picture that a browser would run", async () => {
    const { api } = await startWorld();

    expect((await api("/post", { authorId: 3, text: "a", imageUrl: "javascript:alert(1)" })).status).toBe(
      422,
    );
    expect(
      (await api("/post", { authorId: 3, text: "a", imageUrl: "https://pics.example/a.png" })).status,
    ).toBe(200);
  });
});
