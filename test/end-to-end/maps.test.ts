import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outcomeOf } from "../world/api.ts";
import { buttonsOf, type Message, type Person, wordsOf } from "../world/person.ts";
import { until } from "../world/until.ts";
import { startWorld, type World } from "../world/world.ts";

const STARS = ["⭐⭐⭐⭐⭐ Отлично", "⭐⭐⭐⭐ Хорошо", "⭐⭐⭐ Нормально", "⭐⭐ Плохо", "⭐ Очень плохо"];

let world: World;
let alexander: Person;
let anna: Person;

beforeAll(async () => {
  world = await startWorld();
  [alexander, anna] = await Promise.all([world.person(127), world.person(1707)]);
  await Promise.all([alexander.signIn(), anna.signIn()]);
});
afterAll(() => world?.close());

/** Waits until a page of the site has these words. */
const untilPage = (path: string, words: string) =>
  until(
    `${path} says ${words}`,
    () => world.site.as(127).read(path),
    (page) => page.includes(words),
  );

/** Where the button of a message leads. */
function urlOf(message: Message, label: string): string {
  const button = message.reply_markup?.inline_keyboard.flat().find(({ text }) => text === label);
  return String(button?.url);
}

describe("the shop", () => {
  it("thanks for what was bought, by name, with the goods and the total", async () => {
    await world.site.as(127).send("/orders/504/status", { status: "paid" });

    const thanks = await alexander.sees("Александр, спасибо за покупку!");
    const words = wordsOf(thanks).replaceAll(/\s/g, " ");
    expect(words).toContain("Заказ № 504 • Яблоневые саженцы, антоновка × 6 — 3 840 ₽ Итого: 3 840 ₽");
    expect(urlOf(thanks, "Открыть заказ")).toBe(`${world.site.url}/orders/504`);
  });

  it("tells how far an order is, and takes a complaint about a cancelled one to the helpdesk", async () => {
    await world.site.as(9).send("/orders/502/status", { status: "done" });
    await anna.sees("Заказ № 502 выполнен");

    await world.site.as(9).send("/orders/504/status", { status: "cancelled" });
    const told = await alexander.sees("Заказ № 504 отменён");
    await alexander.tap("Что-то не так", told.message_id);
    await alexander.sees("Напишите, что не так с заказом", { after: told.message_id });
    const after = await alexander.say("Саженцы нужны к четвергу");

    await alexander.sees("передал в службу поддержки", { after });
    await untilPage("/requests", "Заказ № 504 отменён. Покупатель пишет: Саженцы нужны к четвергу");
  });

  it("says nothing at once of a cart that was left", async () => {
    const before = await alexander.say("/help");
    await world.site.as(127).send("/cart/leave");
    await untilPage("/carts/127", 'data-state="sent"');

    await alexander.settle();

    const since = (await alexander.heard()).filter(({ message_id }) => message_id > before);
    expect(since.map(wordsOf).filter((words) => words.includes("корзина"))).toEqual([]);
  });
});

describe("the helpdesk", () => {
  it("tells who has accepted a request, and takes stars and comment of a finished one to its page", async () => {
    const performer = world.site.as(9);

    await performer.send("/requests/3/accept");
    const accepted = await anna.sees(/«Настроить рояль к субботе» прин.*: Пётр Плетнёв/);
    expect(urlOf(accepted, "Открыть заявку")).toBe(`${world.site.url}/requests/3`);
    await performer.send("/requests/3/finish");

    const finished = await anna.sees("«Настроить рояль к субботе» выполнена", {
      after: accepted.message_id,
    });
    expect(buttonsOf(finished)).toEqual(STARS);
    await anna.tap("⭐⭐⭐⭐ Хорошо", finished.message_id);
    await anna.sees("Хотите добавить пару слов?", { after: finished.message_id });
    const after = await anna.say("Вторая октава теперь поёт");
    await anna.sees("ваша оценка записана", { after });
    const page = await untilPage("/requests/3", "Вторая октава теперь поёт");
    expect(page).toContain("Оценка: 4 из 5");
  });

  it("thanks, and asks for nothing, where a finished request was rated on its page", async () => {
    await world.site.as(127).send("/requests/1/rating", { rating: "5", comment: "Под крышей сухо" });

    await world.api.accepted("request/finished", { requestId: 1, userId: 127 });

    const told = await alexander.sees("Спасибо, что уже оценили её");
    expect(buttonsOf(told)).toEqual([]);
  });

  it("brings what the performer writes, and takes the answer to the request's page", async () => {
    await world.site.as(2).send("/requests/2/messages", { text: "Бумагу купил. Какой сургуч?" });

    const asked = await alexander.sees("Бумагу купил. Какой сургуч?");
    expect(wordsOf(asked)).toContain("Лев Пушкин по заявке");
    await alexander.say("Красный, два куска", asked.message_id);

    await untilPage("/requests/2", "Красный, два куска");
  });

  it("leaves the chat to an operator: both read each other, the bot is silent, until /bot takes it back", async () => {
    const operator = world.site.as(9);
    const before = await anna.say("/support");
    await anna.sees("Опишите одним сообщением, что случилось", { after: before });
    await anna.say("Не открывается альбом");
    const handedOver = await anna.sees("Передал оператору", { after: before });
    expect(buttonsOf(handedOver)).toEqual(["Вернуться к боту"]);
    const page = await world.site.requestPage("Не открывается альбом");

    await operator.send(`${page}/accept`);
    await operator.send(`${page}/messages`, { text: "Какая у вас страница?" });
    await anna.sees("Какая у вас страница?", { after: before });
    await anna.say("Двенадцатая");
    await untilPage(page, "Двенадцатая");
    const { callId } = await world.api.accepted("post/new", { postId: 1, authorId: 6, userIds: [1707] });
    const waits = await world.api.untilReport(callId, ({ finishedAt }) => finishedAt !== null);
    expect(outcomeOf(waits, 1707)).toMatch(/^deferred/);
    expect(await anna.count("Нашла на чердаке")).toBe(0);
    expect(await anna.count("не понял")).toBe(0);

    const after = await anna.say("/bot");
    await anna.sees("разговор с оператором", { after });
    await anna.sees("Нашла на чердаке", { after });
    await world.api.untilReport(callId, ({ states }) => states.sent === 1);
    const free = await anna.say("Ещё слово");
    await anna.sees("не понял", { after: free });
    expect(await world.site.as(1707).read(page)).not.toContain("Ещё слово");
  });
});

describe("the family site", () => {
  it("is made in a dialog for somebody's own family, and its page shows them", async () => {
    const after = await alexander.say("/newsite");
    await alexander.sees("назовём?", { after });
    await alexander.say("Семья Пушкиных");
    await alexander.sees("имена одним сообщением", { after });
    await alexander.say("Наталья\nМария\nГриша");
    const confirm = await alexander.sees("Создаём?", { after });
    expect(wordsOf(confirm)).toContain("• Наталья\n• Мария\n• Гриша");
    expect(buttonsOf(confirm)).toEqual(["Создать", "Исправить", "Отмена"]);

    await alexander.tap("Создать", confirm.message_id);

    const created = await alexander.sees("Сайт «Семья Пушкиных» создан", { after });
    const page = await world.site.as(127).read(urlOf(created, "Открыть сайт"));
    expect(page).toContain('data-testid="site-name">Семья Пушкиных<');
    expect(page.split('data-testid="site-member"').length - 1).toBe(3);
    for (const name of ["Наталья", "Мария", "Гриша"]) expect(page).toContain(name);
  });
});

describe("the account", () => {
  it("is told of what an administrator edits, asked to confirm a delivery address, and left alone by one's own edits", async () => {
    const form = { name: "Александр", patronymic: "Сергеевич", surname: "Пушкин", phone: "79187777777" };
    const place = { country: "Россия", region: "Псковская область", city: "Михайловское" };
    const before = await alexander.say("/help");

    await world.site.as(127).send("/profile", { ...form, ...place, email: "own@example.org" });
    await untilPage("/profile", 'data-state="sent"');
    const edited = { ...form, ...place, email: "admin@example.org", role: "manager" };
    await world.site.as(9).send("/admin/users/127", edited);
    const told = await alexander.sees("Администратор сайта изменил", { after: before });
    expect(wordsOf(told)).toMatch(/: (роль на сайте, электронная почта|электронная почта, роль на сайте)\.$/);
    await world.site.as(9).send("/orders/501/delivery", { ...place, city: "Тригорское" });
    await alexander.sees("Псковская область, Тригорское. Всё верно?", { after: before });

    expect(await alexander.count("вашей учётной записи:")).toBe(1);
    const menu = await alexander.say("/menu");
    const buttons = buttonsOf(await alexander.sees("Меню", { after: menu }));
    expect(buttons).toEqual(expect.arrayContaining(["Для сотрудников", "Управление сайтом"]));
  });

  it("is switched off and on again by the person on the site, and the phone follows", async () => {
    const profile = world.site.as(1707);

    await profile.send("/profile/bot", { bot: "off" });
    const off = await anna.sees("Вы вышли");
    await profile.send("/profile/bot", { bot: "on" });

    const after = off.message_id;
    await anna.sees("Как хорошо, что вы снова здесь, Анна! В этом чате", { after });
    await anna.signIn();
    expect(await world.site.hasBot(1707)).toBe(true);
  });

  it("is told of being blocked and let in again by an administrator, whose page shows that it was", async () => {
    const admin = world.site.as(9);

    await admin.send("/admin/users/1707/block", { reason: "Потерян телефон" });
    const blocked = await anna.sees("Причина: Потерян телефон");
    expect(buttonsOf(blocked)).toEqual(["Войти", "Открыть сайт", "Помощь"]);
    await admin.send("/admin/users/1707/unblock");

    const after = blocked.message_id;
    const unblocked = await anna.sees("Анна, ваша учётная запись разблокирована", { after });
    expect(buttonsOf(unblocked)).toContain("Выйти");
    const page = await until(
      "the page shows both as sent",
      () => admin.read("/admin/users/1707"),
      (text) => /users\/unblock[\s\S]{0,400}data-state="sent"/.test(text),
    );
    expect(page).toContain('data-alias="users/block"');
  });
});
