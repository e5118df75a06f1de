import { describe, expect, it } from "vitest";
import { askedOf, KEY, visitor } from "./visitor.ts";
import { startWorld } from "./world.ts";

describe("the helpdesk's pages", () => {
  it("take a request from its making to its rating, and tell the customer of each step", async () => {
    const world = await startWorld();
    const anna = visitor(world, 1707);
    const lev = visitor(world, 2);

    const asked = await anna.sendFrom("/requests", "/requests", { text: "Нужны ноты\nЛюбые" });
    const page = asked.headers.get("location") ?? "";
    await lev.sendFrom(page, `${page}/accept`);
    await anna.sendFrom(page, `${page}/messages`, { text: "Спасибо, Лев!" });
    await lev.sendFrom(page, `${page}/messages`, { text: "Везу <Глинку>" });
    await lev.sendFrom(page, `${page}/finish`);
    await anna.sendFrom(page, `${page}/rating`, { rating: "5", comment: "Чудесно" });

    expect(page).toBe("/requests/4");
    await expect
      .poll(() => askedOf(world))
      .toEqual([
        ["request/accepted", { requestId: 4, userId: 1707 }],
        ["request/message", { requestId: 4, userId: 1707, text: "Везу <Глинку>", authorName: "Лев Пушкин" }],
        ["request/finished", { requestId: 4, userId: 1707 }],
      ]);
    expect((await world.api("/requests/4")).body).toMatchObject({
      title: "Нужны ноты",
      status: "finished",
      performerName: "Лев Пушкин",
      rating: 5,
    });
    const shown = await anna.read(page);
    expect(shown).toMatch(/Спасибо, Лев![\s\S]*Везу &lt;Глинку&gt;/);
    expect(shown).toContain("Оценка: 5 из 5");
    expect(shown).toContain("Чудесно");
    await expect
      .poll(() => lev.told(page))
      .toEqual([
        "request/finished sent: Бот пишет в Telegram",
        "request/message sent: Бот пишет в Telegram",
        "request/accepted sent: Бот пишет в Telegram",
      ]);
  });

  it("ask once and write once, however often the button is clicked", async () => {
    const world = await startWorld();
    const lev = visitor(world, 2);

    for (const _ of [1, 2]) await lev.send("/requests", { text: "Помогите", formKey: KEY });
    for (const _ of [1, 2]) await lev.send("/requests/2/messages", { text: "Еду", formKey: KEY });
    for (const _ of [1, 2]) await lev.send("/requests/3/accept");

    expect((await world.api("/requests/5")).status).toBe(404);
    expect((await lev.read("/requests/2")).split('data-testid="message-item"')).toHaveLength(3);
    await expect
      .poll(() => askedOf(world).map(([alias]) => alias))
      .toEqual(["request/message", "request/accepted"]);
    expect((await world.api("/requests/3")).body).toMatchObject({ performerName: "Лев Пушкин" });
  });

  it.each([
    ["taking one's own request", 1707, "/requests/3/accept", 403],
    ["taking what is taken", 3, "/requests/2/accept", 409],
    ["finishing somebody else's work", 3, "/requests/2/finish", 403],
    ["finishing twice", 9, "/requests/1/finish", 409],
    ["rating for somebody else", 3, "/requests/1/rating", 403],
    ["rating too early", 127, "/requests/2/rating", 409],
    ["a request that is not there", 3, "/requests/99/accept", 404],
  ])("refuse %s", async (_, actor, path, status) => {
    const world = await startWorld();

    const sent = await visitor(world, actor).send(path, { rating: "5" });

    expect(sent.status).toBe(status);
    expect(world.bot.calls).toEqual([]);
    expect((await world.api("/requests/1")).body).toMatchObject({ rating: null });
  });

  it("keep what strangers write out of a request", async () => {
    const world = await startWorld();

    await visitor(world, 3).send("/requests/2/messages", { text: "Не моё дело", formKey: KEY });

    expect(await visitor(world, 3).read("/requests/2")).not.toContain("Не моё дело");
    expect(world.bot.calls).toEqual([]);
  });

  it("say what is wrong with an empty text", async () => {
    const world = await startWorld();
    const alexander = visitor(world, 127);

    const asked = await alexander.send("/requests", { text: " ", formKey: KEY });
    const written = await alexander.send("/requests/1/messages", { text: " ", formKey: KEY });

    for (const page of [asked, written]) {
      expect(page.status).toBe(422);
      expect(await page.text()).toContain("Напишите хоть слово");
    }
  });

  it("show each visitor what they can do", async () => {
    const world = await startWorld();
    const can = async (actor: number, request: number) => {
      const page = await visitor(world, actor).read(`/requests/${request}`);
      const forms = [...page.matchAll(/action="\/requests\/\d+\/(\w+)"/g)];
      return forms.map(([, act]) => act);
    };

    expect(await can(127, 1)).toEqual(["rating", "messages"]);
    expect(await can(9, 1)).toEqual(["messages"]);
    expect(await can(2, 2)).toEqual(["messages", "finish"]);
    expect(await can(3, 3)).toEqual(["accept"]);
    expect(await can(1707, 3)).toEqual(["messages"]);
  });

  it("bring an answer from a phone to an open page", async () => {
    const world = await startWorld();
    const ask = (tag: string) =>
      fetch(`${world.site.url}/requests/2/live`, { headers: { "If-None-Match": tag } });
    const tag = (await ask("")).headers.get("etag") ?? "";

    const same = await ask(tag);
    await world.api("/requests/2/messages", { userId: 127, text: "Из Telegram" });
    const news = await ask(tag);

    expect(same.status).toBe(304);
    expect(await news.text()).toContain("Из Telegram");
    expect((await fetch(`${world.site.url}/requests/99/live`)).status).toBe(404);
  });
});
