import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Person } from "../world/person.ts";
import type { Trouble } from "../world/system-line.ts";
import { until } from "../world/until.ts";
import { startWorld, type World } from "../world/world.ts";

let world: World;
let anna: Person;

beforeAll(async () => {
  world = await startWorld({ siteTells: false });
  anna = await world.person(1707);
  await anna.signIn();
});
afterEach(() => world.line.well());
afterAll(() => world?.close());

const CUT: Trouble = { kind: "cut" };
const SLOW: Trouble = { kind: "slow", ms: 10_000 };
const answers = (status: number, body: string): Trouble => ({ kind: "answers", status, body });

/** Tells Anna of a comment on a new post, and has her begin to answer it. */
async function annaAnswers(words: string): Promise<number> {
  const postId = await world.site.post(words);
  const params = { postId, authorId: 3, comment: `К записи «${words}»`, userIds: [1707] };
  await world.api.accepted("comment/new", params);
  const comment = await anna.sees(`К записи «${words}»`);
  await anna.tap("Ответить", comment.message_id);
  await anna.sees("Напишите ваш ответ", { after: comment.message_id });
  return postId;
}

const textsOf = async (postId: number) => (await world.site.comments(postId)).map(({ text }) => text);

describe("a call, when the main system is in trouble", () => {
  const params = { postId: 1, authorId: 3, userIds: [1707] };
  const unavailable = {
    success: false,
    errorCode: "system-unavailable",
    message: "Основная система не отвечает, попробуйте позже",
  };

  for (const [name, trouble, within] of [
    ["cuts the connection", CUT, 2_000],
    ["answers 500", answers(500, "{}"), 2_000],
    ["asks to slow down", answers(429, "{}"), 2_000],
    ["answers with a page instead of JSON", answers(200, "<html>Технические работы</html>"), 2_000],
    ["answers with JSON of another shape", answers(200, '{"postId":1}'), 2_000],
    ["answers without an end", answers(200, "[".repeat(2 * 1024 * 1024)), 4_000],
    ["is slow", SLOW, 12_000],
  ] as const) {
    it(`is answered clearly, and soon, when it ${name}`, async () => {
      world.line.disturb("/post/1", trouble);
      const began = Date.now();

      const { status, body } = await world.api.call("post/new", params);

      expect([status, body]).toEqual([200, unavailable]);
      expect(Date.now() - began).toBeLessThan(within);
    });
  }

  it("is accepted where only one request of two was lost", async () => {
    world.line.disturb("/post/1", CUT);
    const call = world.api.call("post/new", params);
    await until(
      "the first try",
      () => world.line.asked("GET", "/post/1"),
      (asked) => asked > 0,
    );
    world.line.well();

    // The second try may have met the trouble too; a call without a key is then simply made again.
    const { status } = await call;

    expect(status).toBe(200);
    expect((await world.api.call("post/new", params)).body.success).toBe(true);
  });
});

describe("an answer on its way to the site, when the site is in trouble", () => {
  it("is published by itself once the site is back, and the person is told once that it has to wait", async () => {
    const postId = await annaAnswers("Сайт упал");
    world.line.disturb(`/post/${postId}/comments`, CUT);

    const answered = await anna.say("Дойдёт и так");
    await anna.sees("Сайт сейчас не отвечает. Ничего не потеряно", { after: answered });
    // While that waits, everything else goes on.
    const asked = await anna.say("/help");
    await anna.sees("/logout", { after: asked });
    world.line.well();

    await anna.sees("ваш ответ опубликован", { after: answered });
    expect(await textsOf(postId)).toEqual(["Дойдёт и так"]);
    const told = (await anna.heard()).filter(({ message_id }) => message_id > answered);
    expect(told.filter(({ text }) => text?.includes("Ничего не потеряно"))).toHaveLength(1);
    expect(told.filter(({ text }) => text?.includes("ваш ответ опубликован"))).toHaveLength(1);
  });

  it("is published once, though the site did it and its word of that was lost", async () => {
    const postId = await annaAnswers("Ответ потерялся");
    world.line.disturb(`/post/${postId}/comments`, { kind: "cut-after" });

    const answered = await anna.say("Ровно один раз");
    await anna.sees("Ничего не потеряно", { after: answered });
    world.line.well();

    await anna.sees("ваш ответ опубликован", { after: answered });
    expect(await textsOf(postId)).toEqual(["Ровно один раз"]);
    const keys = world.line.requests.filter(({ path }) => path === `/post/${postId}/comments`);
    expect(keys.length).toBeGreaterThan(1);
    expect(new Set(keys.map(({ key }) => key)).size).toBe(1);
  });

  it("is given up where the site refuses it, and the person is told", async () => {
    const postId = await annaAnswers("Сайт отказал");
    world.line.disturb(`/post/${postId}/comments`, answers(404, '{"error":"post-not-found"}'));

    const answered = await anna.say("Уже некуда");

    await anna.sees("Этой записи на сайте больше нет", { after: answered });
    expect(await textsOf(postId)).toEqual([]);
  });
});

describe("signing in, when the site is in trouble", () => {
  it("says so, and works by the same button once the site is back", async () => {
    const lev = await world.person(2);
    world.line.disturb("/user", CUT);
    const after = await lev.say("/start");
    await lev.sees("поделитесь своим номером", { after });
    await lev.tap("📱 Поделиться номером");
    const silent = await lev.sees("Сайт сейчас не отвечает", { after });

    world.line.well();
    await lev.tap("📱 Поделиться номером");

    await lev.sees("Рад встрече, Лев! Вы вошли.", { after: silent.message_id });
  });

  it("is finished by itself where the site fails halfway: who is known is greeted once, and marked there", async () => {
    const olga = await world.person(6);
    world.line.disturb("/user/connect-bot", CUT);
    const after = await olga.say("/start");
    await olga.sees("поделитесь своим номером", { after });
    await olga.share();
    await until(
      "the site was told in vain",
      () => world.line.asked("POST", "/user/connect-bot"),
      (asked) => asked >= 2,
    );

    world.line.well();

    await olga.sees("Рад встрече, Ольга! Вы вошли.", { after });
    await until(
      "the site knows",
      () => world.site.hasBot(6),
      (has) => has,
    );
    await olga.settle();
    expect(await olga.count("Рад встрече")).toBe(1);
  });
});
