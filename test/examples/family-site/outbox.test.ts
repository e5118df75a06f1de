import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fakeBot } from "./fake-bot.ts";
import { visitor } from "./visitor.ts";
import { startWorld, type World } from "./world.ts";

const SECOND = 1000;
const DAY_MS = 24 * 60 * 60 * SECOND;

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "family-site-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function status({ site }: World, postId: number): Promise<string> {
  const text = await (await fetch(`${site.url}/posts/${postId}/live`)).text();
  return /data-state="(\w+)"[\s\S]*?<span>([^<]*)/.exec(text)?.slice(1, 3).join(": ") ?? "nothing";
}

async function post({ api }: World, text = "Новость"): Promise<number> {
  return (await api("/post", { authorId: 3, text })).body.postId;
}

describe("a new post", () => {
  it("starts post/new for every active member but its author (requirements 1–3, 28)", async () => {
    const world = await startWorld();

    const postId = await post(world);

    await expect.poll(() => world.bot.calls.length).toBe(1);
    const [call] = world.bot.calls;
    expect(call?.path).toBe("/api/v1/bots/1/call/post/new");
    expect(call?.headers).toMatchObject({
      authorization: "Bearer bot-secret",
      accept: "application/json",
      "content-type": "application/json",
      "idempotency-key": expect.stringMatching(/^[\w-]{36}$/),
    });
    expect(call?.params).toEqual({ postId, authorId: 3, userIds: [1, 2, 4, 5, 6, 7, 8, 9, 127, 1707] });
    await expect
      .poll(() => status(world, postId))
      .toBe("sent: Бот рассказывает 2 из 10 родных · без бота: 8");
  });
});

describe("a new comment", () => {
  it("starts comment/new with the post's author, the comment and all but who wrote it (requirement 29)", async () => {
    const world = await startWorld();

    await world.api("/post/3/comments", { authorId: "1707", text: "  Буду\r\nв пятницу " });

    await expect.poll(() => world.bot.calls.length).toBe(1);
    expect(world.bot.calls[0]).toMatchObject({
      path: "/api/v1/bots/1/call/comment/new",
      params: {
        postId: 3,
        authorId: 127,
        commentAuthorId: 1707,
        comment: "Буду\nв пятницу",
        userIds: [1, 2, 3, 4, 5, 6, 7, 8, 9, 127],
      },
    });
  });
});

describe("the outbox", () => {
  it("tries again with the same key after a cut connection, a 503 and a wait that the bot asked for", async () => {
    const world = await startWorld();
    world.bot.answers.push(
      "cut",
      { status: 503, body: "<h1>no</h1>" },
      { status: 429, headers: { "Retry-After": "90" }, body: {} },
    );
    const postId = await post(world);

    await expect.poll(() => status(world, postId)).toMatch(/^waiting: Ждёт бота: бот не отвечает/);
    world.clock.pass(SECOND);
    await expect.poll(() => status(world, postId)).toMatch(/бот ответил 503/);
    world.clock.pass(2 * SECOND);
    await expect.poll(() => status(world, postId)).toMatch(/бот просит подождать/);
    world.clock.pass(89 * SECOND);
    expect(world.bot.calls).toHaveLength(3);
    world.clock.pass(SECOND);

    await expect.poll(() => status(world, postId)).toMatch(/^sent/);
    expect(new Set(world.bot.calls.map((call) => call.headers["idempotency-key"])).size).toBe(1);
  });

  it("waits while the bot is still working on the same key", async () => {
    const world = await startWorld();
    world.bot.answers.push({ body: { success: false, errorCode: 409, message: "Ещё выполняется" } });

    const postId = await post(world);

    await expect.poll(() => status(world, postId)).toMatch(/^waiting: Ждёт бота: бот ещё занят/);
  });

  it.each([
    ["a refusal", { body: { success: false, message: "Пост не найден" } }, "Пост не найден"],
    ["a 403", { status: 403, body: { success: false, message: "Нет прав" } }, "Нет прав"],
    ["a redirect", { status: 302, headers: { Location: "http://127.0.0.1:9/" }, body: {} }, "ответ 302"],
  ])(
    "does not try again after %s, says why, and lets a person try again under a new key",
    async (_, answer, why) => {
      const world = await startWorld();
      world.bot.answers.push(answer);
      const postId = await post(world);
      await expect.poll(() => status(world, postId)).toBe(`failed: Бот не рассказал родным: ${why}`);

      world.clock.pass(DAY_MS);
      expect(world.bot.calls).toHaveLength(1);
      await visitor(world, 3).send("/notices/1/retry");

      await expect.poll(() => status(world, postId)).toMatch(/^sent/);
      const keys = world.bot.calls.map((call) => call.headers["idempotency-key"]);
      expect(new Set(keys).size).toBe(2);
    },
  );

  it("gives up after a day of failures", async () => {
    const world = await startWorld();
    world.bot.answers.push({ status: 500, body: {} }, { status: 500, body: {} });
    const postId = await post(world);
    await expect.poll(() => status(world, postId)).toMatch(/^waiting/);

    world.clock.pass(DAY_MS);

    await expect.poll(() => status(world, postId)).toBe("failed: Бот не рассказал родным: бот ответил 500");
  });

  it("is not held up by one notice that fails", async () => {
    const world = await startWorld();
    world.bot.answers.push({ status: 500, body: {} });
    const first = await post(world);
    await expect.poll(() => status(world, first)).toMatch(/^waiting/);

    const second = await post(world);

    await expect.poll(() => status(world, second)).toMatch(/^sent/);
    expect(await status(world, first)).toMatch(/^waiting/);
  });

  it("sends all that waited, in order, as soon as a silent bot answers again", async () => {
    const world = await startWorld();
    world.bot.answers.push("cut", "cut");
    const first = await post(world, "Первая");
    await expect.poll(() => status(world, first)).toMatch(/не отвечает/);
    const second = await post(world, "Вторая");
    await expect.poll(() => status(world, second)).toMatch(/не отвечает/);

    const third = await post(world, "Третья");

    for (const id of [first, second, third]) await expect.poll(() => status(world, id)).toMatch(/^sent/);
    expect(world.bot.calls.slice(2).map((call) => call.params.postId)).toEqual([third, first, second]);
  });

  it("goes on after a restart with the key it had", async () => {
    const file = join(folder, "site.sqlite");
    const before = await startWorld({ file });
    before.bot.answers.push({ status: 503, body: {} });
    const postId = await post(before);
    await expect.poll(() => status(before, postId)).toMatch(/503/);
    const key = before.bot.calls[0]?.headers["idempotency-key"];
    await before.site.close();
    before.clock.pass(SECOND);

    const bot = await fakeBot();
    const after = await startWorld({ file, fakeBot: bot, fakeClock: before.clock });

    await expect.poll(() => status(after, postId)).toMatch(/^sent/);
    expect(bot.calls.map((call) => call.headers["idempotency-key"])).toEqual([key]);
  });
});
