import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outcomeOf } from "../world/api.ts";
import { buttonsOf, type Person } from "../world/person.ts";
import { until } from "../world/until.ts";
import { type Identity, startWorld, type World } from "../world/world.ts";

let world: World;

beforeAll(async () => {
  world = await startWorld({ siteTells: false });
});
afterAll(() => world?.close());

const ANTON = { first_name: "Антон", phone_number: "79000000008", language_code: "ru" };

/** Somebody who has just opened the chat and was asked for their number. */
async function newcomer(id: number, identity?: Identity): Promise<{ person: Person; after: number }> {
  const person = await world.person(id, identity);
  const after = await person.say("/start");
  await person.sees(/поделитесь своим номером|share your phone number/, { after });
  return { person, after };
}

/** Waits until the site's page says whether this user has the bot. */
const untilMarked = (userId: number, wanted: boolean) =>
  until(
    `the site's mark of user ${userId} is ${wanted}`,
    () => world.site.hasBot(userId),
    (has) => has === wanted,
  );

describe("signing in by phone", () => {
  it("shows a stranger who just writes the menu of strangers, which leads to signing in", async () => {
    const stranger = await world.person(9001, { first_name: "<Гость> & Ко", language_code: "ru" });

    await stranger.say("Привет!");
    const menu = await stranger.sees("Вы пока не вошли");
    await stranger.tap("Войти", menu.message_id);

    expect(buttonsOf(menu)).toEqual(["Войти", "Открыть сайт", "Помощь"]);
    await stranger.sees("Здравствуйте, <Гость> & Ко! Я — бот вашего сайта");
    expect(await stranger.keyboard()).toMatchObject({
      keyboard: [[{ text: "📱 Поделиться номером", request_contact: true }]],
    });
  });

  it("greets by name whose phone the site knows, and tells the site", async () => {
    const { person, after } = await newcomer(127);
    expect(await world.site.hasBot(127)).toBe(false);

    await person.tap("📱 Поделиться номером");

    await person.sees("Рад встрече, Александр! Вы вошли.", { after });
    const menu = await person.sees("Меню", { after });
    expect(buttonsOf(menu)).toEqual([
      "Открыть сайт",
      "Открыть в Telegram",
      "Создать сайт семьи",
      "Написать оператору",
      "Пауза",
      "Помощь",
      "Выйти",
    ]);
    expect(await person.keyboard()).toBeNull();
    await untilMarked(127, true);
    const again = await person.say("/start");
    await person.sees("С возвращением, Александр! Вы уже вошли.", { after: again });
  });

  it("does not sign in by somebody else's contact, nor by a number that was only typed", async () => {
    const { person, after } = await newcomer(9002, { first_name: "Хитрец", language_code: "ru" });
    const alien = { phone_number: "79161234567", first_name: "Анна" };

    await person.share({ ...alien, user_id: 1707 });
    const first = await person.sees("Это чужой номер", { after });
    await person.share(alien);
    const second = await person.sees("Это чужой номер", { after: first.message_id });
    await person.say("79161234567");
    await person.sees("нажмите кнопку под полем ввода", { after: second.message_id });

    expect(await person.count("Рад встрече")).toBe(0);
    expect(await world.site.hasBot(1707)).toBe(false);
  });

  it("registers whom the site does not know, once they give a name in words", async () => {
    const phone_number = "79261112233";
    const { person, after } = await newcomer(9003, { first_name: "Иван", phone_number, language_code: "ru" });

    await person.share();
    await person.sees("На сайте нет пользователя с номером +79261112233", { after });
    const wayOn = await person.sees("Можно зарегистрироваться прямо здесь", { after });
    expect(buttonsOf(wayOn)).toEqual(["Зарегистрироваться", "Попробовать ещё раз", "Открыть сайт"]);
    await person.tap("Зарегистрироваться", wayOn.message_id);
    const asked = await person.sees("Как вас зовут?", { after });
    await person.say("12345");
    await person.sees("напишите имя и фамилию словами", { after: asked.message_id });
    await person.say("Иван Пущин");

    await person.sees("Рад встрече, Иван! Вы вошли.", { after });
    const user = await world.site.userByPhone(phone_number);
    expect(user).toMatchObject({ name: "Иван", surname: "Пущин", role: "user", isActive: true });
    await untilMarked(Number(user.userId), true);
  });

  it("does not sign in whose account on the site is switched off", async () => {
    const identity = { first_name: "Фаддей", phone_number: "79000000010", language_code: "ru" };
    const { person, after } = await newcomer(9004, identity);

    await person.share();

    await person.sees("учётная запись на сайте отключена", { after });
    await person.settle();
    expect(await person.count("Рад встрече")).toBe(0);
  });

  it("speaks English to whose Telegram does, and to those who have neither language", async () => {
    const olga = { first_name: "Olga", phone_number: "79000000006", language_code: "en" };
    const { person, after } = await newcomer(6, olga);
    const german = await world.person(9005, { first_name: "Hans", language_code: "de" });

    await person.tap("📱 Share my number");
    await german.say("Guten Tag");

    await person.sees("Nice to meet you, Ольга! You are signed in.", { after });
    expect(buttonsOf(await person.sees("Menu", { after }))).toEqual([
      "Open the site",
      "Open in Telegram",
      "Create a family website",
      "Write to an operator",
      "Pause",
      "Help",
      "Sign out",
    ]);
    await german.sees("You are not signed in yet");
    const postId = await world.site.post("Новость");
    await world.api.accepted("post/new", { postId, authorId: 3, userIds: [6] });
    await person.sees("Наталья Пушкина writes on the family site:\n\nНовость");
  });
});

describe("the commands", () => {
  it("answers /menu, /help, a word that means nothing and a command that is not there", async () => {
    const anna = await world.person(1707);
    await anna.signIn();

    for (const [said, answer] of [
      ["/help", "/logout — Выйти"],
      ["/menu", "Анна, я пришлю новости"],
      ["/HELP", "/logout — Выйти"],
      ["/help@beseda_demo_bot", "/logout — Выйти"],
      ["просто так", "не понял"],
      ["/nosuchcommand", "не понял"],
    ] as const) {
      const after = await anna.say(said);
      await anna.sees(answer, { after });
    }
  });

  it("lists every command in /help, with what it is for", async () => {
    const anton = await world.person(8, ANTON);

    const after = await anton.say("/help");

    const { text = "" } = await anton.sees("/start", { after });
    expect(text.split("\n").filter((line) => line.startsWith("/"))).toEqual([
      "/start — Войти",
      "/signin — Войти по коду из SMS",
      "/menu — Меню",
      "/site — Открыть сайт",
      "/pause — Пауза: не беспокоить",
      "/resume — Вернуться после паузы",
      "/help — Что я умею",
      "/logout — Выйти",
      "/newsite — Создать сайт семьи",
      "/gathering — Семейный праздник: кто придёт",
      "/support — Написать оператору",
      "/bot — Вернуться к боту",
    ]);
  });

  it("offers the menu and an operator where it did not understand, and both buttons lead there", async () => {
    const anton = await world.person(8, ANTON);
    await anton.signIn();

    const after = await anton.say("Который час?");

    const answer = await anton.sees("не понял", { after });
    expect(buttonsOf(answer)).toEqual(["Меню", "Написать оператору"]);
    await anton.tap("Меню", answer.message_id);
    await anton.sees("Антон, я пришлю новости", { after });
    await anton.tap("Написать оператору", answer.message_id);
    await anton.sees("Опишите одним сообщением, что случилось", { after });
  });

  it("signs out by /logout: says so, tells the site, and no news come any more until the next sign-in", async () => {
    const lev = await world.person(2);
    await lev.signIn();
    const call = async () => {
      const postId = await world.site.post("После выхода");
      return world.api.accepted("post/new", { postId, authorId: 3, userIds: [2] });
    };

    const after = await lev.say("/logout");
    await lev.sees("овости больше не будут приходить", { after });
    await untilMarked(2, false);
    const { callId, recipients } = await call();

    expect(recipients).toEqual({ total: 1, queued: 0, paused: 0, unlinked: 1, blocked: 0 });
    expect(outcomeOf(await world.api.report(callId), 2)).toBe("unlinked");
    const once = await lev.say("/logout");
    await lev.sees("не вошли. Войти можно здесь", { after: once });
    expect(await lev.count("После выхода")).toBe(0);
    await lev.signIn();
    expect((await call()).recipients.queued).toBe(1);
    await lev.sees("После выхода");
  });

  it("signs out in this chat alone: in another one the person stays signed in", async () => {
    const nadezhda = { first_name: "Надежда", phone_number: "79000000004", language_code: "ru" };
    const [one, other] = await Promise.all([world.person(9010, nadezhda), world.person(9011, nadezhda)]);
    await one.signIn();
    await other.signIn();

    const after = await other.say("/logout");
    await other.sees("Вы вышли", { after });
    await other.settle();

    const postId = await world.site.post("В другой чат");
    await world.api.accepted("post/new", { postId, authorId: 3, userIds: [4] });
    await one.sees("В другой чат");
    await untilMarked(4, true);
    await other.settle();
    expect(await other.count("В другой чат")).toBe(0);
  });
});
