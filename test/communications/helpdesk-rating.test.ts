import { describe, expect, it } from "vitest";
import { familyWorld } from "./family-world.ts";
import { helpdeskWorld, request, talkingWorld } from "./helpdesk-world.ts";

const finished = { requestId: 1, userId: 127 };
const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

/** Alice is asked to rate her request. */
async function asked() {
  const known = await helpdeskWorld();
  await known.world.call("request/finished", finished);
  return { ...known, question: known.alice.last };
}

/** A whole bot, and a request of Alice's that the main system would like her to rate. */
async function unratedWorld() {
  const known = await familyWorld();
  known.world.system.requests.push(request({ status: "finished" }));
  known.world.system.tasks.push({ userId: "127", kind: "review", requestId: "1", title: "Сломалась дверь" });
  return known;
}

/** The messages that ask for a rating. */
const asksIn = (messages: readonly string[]) =>
  messages.filter((text) => /Напомню один раз|Оцените/.test(text));

describe("request/finished", () => {
  it("asks for a rating in five buttons, then for a comment, and takes both to the system", async () => {
    const { world, alice, question } = await asked();
    expect(question.text).toContain("Заявка «Не открывается сайт» выполнена.");
    expect(question.buttons.map(({ label }) => label)).toEqual([
      "⭐⭐⭐⭐⭐ Отлично",
      "⭐⭐⭐⭐ Хорошо",
      "⭐⭐⭐ Нормально",
      "⭐⭐ Плохо",
      "⭐ Очень плохо",
    ]);

    await alice.taps("⭐⭐⭐⭐ Хорошо");
    await alice.types("Быстро!");

    expect(world.system.ratings).toEqual([{ requestId: "1", userId: "127", rating: 4, comment: "Быстро!" }]);
    expect(alice.last.text).toBe("Спасибо, ваша оценка записана!");
  });

  it("takes a rating without a comment, in English too", async () => {
    const { world, bob } = await helpdeskWorld();
    await world.call("request/finished", { requestId: 2, userId: 1707 });

    await bob.taps("⭐ Very poor");
    expect(bob.last.text).toBe("Thank you for being frank. Please write what we should do better.");
    await bob.taps("Without a comment");

    expect(world.system.ratings).toEqual([{ requestId: "2", userId: "1707", rating: 1, comment: "" }]);
    expect(bob.last.text).toBe("Thank you, your rating is recorded!");
  });

  it("takes the first tap of two", async () => {
    const { world, alice, question } = await asked();

    await alice.taps("⭐ Очень плохо", question);
    await alice.taps("⭐⭐⭐⭐⭐ Отлично", question);
    await alice.taps("Без комментария");

    expect(world.system.ratings.map(({ rating }) => rating)).toEqual([1]);
    expect(alice.phone.notes).toContain("Эта кнопка уже сработала или устарела.");
  });

  it("takes a number in reply to the question, and asks again, kindly, for anything else", async () => {
    const { world, alice, question } = await asked();

    await alice.replies(question, "Всё хорошо");
    expect(alice.last.text).toBe("Пожалуйста, нажмите на одну из кнопок или напишите число от 1 до 5.");
    await alice.replies(question, "5");
    await alice.types("Быстро!");

    expect(world.system.ratings).toMatchObject([{ rating: 5, comment: "Быстро!" }]);
  });

  it("keeps the stars of who leaves it at that", async () => {
    const { world, alice } = await asked();

    await alice.taps("⭐⭐⭐⭐⭐ Отлично");
    await alice.types("/menu");
    await world.passes(HOUR);

    expect(world.system.ratings).toEqual([{ requestId: "1", userId: "127", rating: 5, comment: "" }]);
  });

  it("asks once more after three days, and then lets it be", async () => {
    const { world, alice } = await asked();
    const before = alice.sees.length;

    await world.passes(3 * DAY);
    expect(alice.last.text).toContain("Напомню один раз");
    expect(alice.last.buttons).toHaveLength(5);
    await world.passes(30 * DAY);

    expect(alice.sees).toHaveLength(before + 1);
    expect(alice.rows("runs")).toBe(0);
  });

  it("can be rated from the reminder, and not from the question before it any more", async () => {
    const { world, alice, question } = await asked();
    await world.passes(3 * DAY);

    await alice.taps("⭐ Очень плохо", question);
    await alice.taps("⭐⭐⭐ Нормально");
    await alice.taps("Без комментария");

    expect(world.system.ratings.map(({ rating }) => rating)).toEqual([3]);
  });

  it.each([
    ["has rated on the site meanwhile", () => request({ rating: 5 })],
    ["has a request that is gone", () => request({ requestId: "7" })],
  ])("does not remind who %s", async (_name, now) => {
    const { world, alice } = await asked();
    const before = alice.sees.length;
    world.system.requests[0] = now();

    await world.passes(10 * DAY);

    expect(alice.sees).toHaveLength(before);
  });

  it("reminds who wants quiet once they are back, and not a second time as a task of theirs", async () => {
    const { world, alice } = await unratedWorld();
    await world.call("request/finished", finished);
    await alice.types("/pause");
    await alice.taps("На неделю");
    const before = alice.sees.length;

    await world.passes(6 * DAY);
    expect(alice.sees).toHaveLength(before);
    await world.passes(14 * DAY);

    expect(asksIn(alice.sees.slice(before))).toEqual([expect.stringContaining("Напомню один раз")]);
  });

  it("is not brought up again by the reminder of a task, which is one itself", async () => {
    const { world, alice } = await unratedWorld();

    await world.call("users/connect-bot", { userId: 127 });
    await world.passes(20 * DAY);

    expect(asksIn(alice.sees)).toEqual([expect.stringContaining("Оцените")]);
  });

  it("says kindly that a request was rated already, before the question and after it", async () => {
    const { world, alice } = await asked();
    world.system.requests[0] = request({ rating: 5 });

    await alice.taps("⭐ Очень плохо");
    world.system.fails("refuses");
    await alice.taps("Без комментария");
    expect(alice.last.text).toContain("первая оценка остаётся в силе");
    await world.call("request/finished", finished);

    expect(alice.last.text).toContain("Спасибо, что уже оценили");
    expect(alice.last.buttons).toEqual([]);
  });

  it("says kindly that a request can't be rated any more", async () => {
    const { world, alice } = await asked();
    await alice.taps("⭐ Очень плохо");
    world.system.fails("knows-no-such");

    await alice.taps("Без комментария");

    expect(alice.last.text).toContain("уже нельзя оценить");
  });

  it("takes the rating to the system by itself once that is back", async () => {
    const { world, alice } = await asked();
    await alice.taps("⭐⭐⭐⭐⭐ Отлично");
    world.system.fails("silent", "silent");

    await alice.types("Быстро!");
    expect(alice.last.text).toContain("Ничего не потеряно");
    await world.passes(HOUR);

    expect(world.system.ratings).toHaveLength(1);
    expect(alice.last.text).toBe("Спасибо, ваша оценка записана!");
  });

  it("does not rate for who has signed out meanwhile", async () => {
    const { world, alice } = await asked();
    await alice.taps("⭐⭐⭐⭐⭐ Отлично");
    await alice.types("/logout");

    await alice.taps("Без комментария");

    expect(world.system.ratings).toEqual([]);
    expect(alice.last.text).toBe("Чтобы оценить заявку, нужно войти: /start");
  });

  it("does not rate for whoever is signed in there by now", async () => {
    const { world, alice } = await asked();
    await alice.types("/logout");
    await alice.types("/start");
    await alice.does({ kind: "contact", phone: "+79180000002", own: true });

    await alice.taps("⭐⭐⭐⭐⭐ Отлично");
    await alice.taps("Без комментария");

    expect(world.system.ratings).toEqual([]);
    expect(alice.last.text).toContain("Эта заявка другой учётной записи");
  });

  it("does not disturb who wants quiet; when they are back, it comes as it stands by then", async () => {
    const { world, alice } = await helpdeskWorld();
    await alice.types("/pause");
    await alice.taps("На неделю");
    const before = alice.sees.length;

    await world.call("request/finished", finished);
    await world.passes(DAY);

    expect(alice.sees).toHaveLength(before);
    const { refresh } = world.dialogs.find("request/finished") ?? {};
    const data = { ...finished, requestId: "1", isRated: false };
    world.system.requests[0] = request({ rating: 5 });
    expect(await refresh?.(data, world.system.port)).toMatchObject({ isRated: true });
    world.system.requests.length = 0;
    expect(await refresh?.(data, world.system.port)).toBeNull();
  });

  it("takes the chat back from the operator whose request it was", async () => {
    const { world, alice } = await talkingWorld();

    await world.call("request/finished", { requestId: 3, userId: 127 });
    expect(alice.sees.at(-2)).toContain("разговор с оператором окончен");
    await alice.taps("⭐⭐⭐⭐⭐ Отлично");
    await alice.types("Посылка пришла");

    expect(world.system.messages).toEqual([]);
    expect(world.system.ratings).toMatchObject([{ requestId: "3", comment: "Посылка пришла" }]);
  });

  it("leaves the chat with the operator where it was another request", async () => {
    const { world, alice } = await talkingWorld();

    await world.call("request/finished", finished);
    await alice.types("И ещё вопрос");

    expect(world.system.messages).toMatchObject([{ requestId: "3", text: "И ещё вопрос" }]);
  });
});
