import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outcomeOf } from "../world/api.ts";
import { buttonsOf, type Person } from "../world/person.ts";
import { until } from "../world/until.ts";
import { startWorld, type World } from "../world/world.ts";

let world: World;
let alexander: Person;
let anna: Person;

beforeAll(async () => {
  world = await startWorld();
  [alexander, anna] = await Promise.all([world.person(127), world.person(1707)]);
  await Promise.all([alexander.signIn(), anna.signIn()]);
});
afterAll(() => world?.close());

/** The comments of a post as "author id: text". */
const commentsOf = async (postId: number) =>
  (await world.site.comments(postId)).map(({ authorId, text }) => `${authorId}: ${text}`);

describe("the tour", () => {
  it("brings a post of the site to everybody who is signed in", async () => {
    await world.site.post("Самовар поставлен, приезжайте!");

    const messages = await Promise.all([alexander, anna].map((one) => one.sees("Самовар поставлен")));
    expect(messages.map(({ text }) => text)).toEqual([
      "📰 Наталья Пушкина пишет на семейном сайте:\n\nСамовар поставлен, приезжайте!",
      "📰 Наталья Пушкина пишет на семейном сайте:\n\nСамовар поставлен, приезжайте!",
    ]);
  });

  it("does not bring a post to its own author", async () => {
    await world.site.post("Пишу сам себе", { authorId: 127 });

    await anna.sees("Пишу сам себе");
    await alexander.settle();
    expect(await alexander.count("Пишу сам себе")).toBe(0);
  });

  it("fetches a post once for all whom it tells", async () => {
    const postId = await world.site.post("Один раз на всех");

    await Promise.all([alexander, anna].map((one) => one.sees("Один раз на всех")));
    expect(world.line.asked("GET", `/post/${postId}`)).toBe(1);
  });

  it("takes an answer typed after a tap on «Ответить» back to the site, and tells the others of it", async () => {
    const postId = await world.site.post("Кто едет в пятницу?");
    await world.site.comment(postId, 127, "Я еду!");

    const comment = await anna.sees("Я еду!");
    expect(comment.text).toContain("Александр Пушкин комментирует «Кто едет в пятницу?»");
    expect(buttonsOf(comment)).toEqual(["Ответить", "Открыть на сайте"]);
    await anna.tap("Ответить", comment.message_id);
    await anna.sees("Напишите ваш ответ", { after: comment.message_id });
    const answered = await anna.say("И я, если дорогу не размоет");

    await anna.sees("ваш ответ опубликован", { after: answered });
    expect(await commentsOf(postId)).toEqual(["127: Я еду!", "1707: И я, если дорогу не размоет"]);
    const told = await alexander.sees("И я, если дорогу не размоет");
    expect(told.text).toContain("Анна Керн комментирует");
    await anna.settle();
    expect(await anna.count("И я, если дорогу не размоет")).toBe(0);
    expect(await alexander.count("Я еду!")).toBe(0);
  });

  it("takes Telegram's own reply to the comment's message as an answer too", async () => {
    const postId = await world.site.post("А кто в субботу?");
    await world.site.comment(postId, 1707, "Обедаем на Мойке");
    const comment = await alexander.sees("Обедаем на Мойке");

    const answered = await alexander.say("Принесу сыр", comment.message_id);

    await alexander.sees("ваш ответ опубликован", { after: answered });
    expect(await commentsOf(postId)).toEqual(["1707: Обедаем на Мойке", "127: Принесу сыр"]);
    await anna.sees("Принесу сыр");
  });

  it("brings an answer to the comment that was tapped, though newer ones have come", async () => {
    const first = await world.site.post("Первая запись");
    const second = await world.site.post("Вторая запись");
    await world.site.comment(first, 127, "К первой");
    await world.site.comment(second, 127, "Ко второй");
    const [toFirst] = await Promise.all([anna.sees("К первой"), anna.sees("Ко второй")]);

    await anna.tap("Ответить", toFirst.message_id);
    await anna.sees("Напишите ваш ответ", { after: toFirst.message_id });
    const answered = await anna.say("Ответ на первую");

    await anna.sees("ваш ответ опубликован", { after: answered });
    expect(await commentsOf(first)).toContain("1707: Ответ на первую");
    expect(await commentsOf(second)).toEqual(["127: Ко второй"]);
  });

  it("answers a second tap on a used button kindly, and does nothing", async () => {
    const postId = await world.site.post("Нажимают дважды");
    await world.site.comment(postId, 127, "Нажмите дважды");
    const comment = await anna.sees("Нажмите дважды");
    await anna.tap("Ответить", comment.message_id);
    await anna.sees("Напишите ваш ответ", { after: comment.message_id });

    const note = await anna.tap("Ответить", comment.message_id);

    expect(note).toBe("Эта кнопка уже сработала или устарела.");
    const answered = await anna.say("Один ответ");
    await anna.sees("ваш ответ опубликован", { after: answered });
    expect(await commentsOf(postId)).toEqual(["127: Нажмите дважды", "1707: Один ответ"]);
  });

  it("marks in the ledger of a call who has answered", async () => {
    const postId = await world.site.post("Ведомость");
    const userIds = [127, 1707];
    const params = { postId, authorId: 3, comment: "Отвечайте", userIds };
    const { callId } = await world.api.accepted("comment/new", params);
    const comment = await anna.sees("Отвечайте");

    await anna.say("Отвечаю", comment.message_id);

    const report = await world.api.untilReport(callId, ({ states }) => states.answered === 1);
    await until(
      "Alexander has it",
      () => world.api.report(callId),
      (now) => outcomeOf(now, 127) === "sent",
    );
    expect(outcomeOf(report, 1707)).toBe("answered");
  });

  it("shows on the site's page how many the bot is telling", async () => {
    const postId = await world.site.post("Сколько нас?");

    const status = await until(
      "the page tells of the bot",
      () => world.site.botStatus(postId),
      (page) => page.includes('data-state="sent"'),
    );

    expect(status).toContain("Бот рассказывает 2 из 10 родных");
    expect(status).toContain("без бота: 8");
  });

  it("brings a post by itself, though the site did not answer the bot at first", async () => {
    world.line.disturb("/post", { kind: "cut" });
    const postId = await world.site.post("Сквозь помехи");
    await until(
      "the bot has asked for it in vain",
      () => world.line.asked("GET", `/post/${postId}`),
      (asked) => asked >= 2,
    );

    world.line.well();

    await Promise.all([alexander, anna].map((one) => one.sees("Сквозь помехи")));
  });
});
