import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askForLink, pinIn, urlOf, wrong } from "../world/links.ts";
import { buttonsOf, type Person, wordsOf } from "../world/person.ts";
import { until } from "../world/until.ts";
import { startWorld, type World } from "../world/world.ts";

let world: World;
let strangers = 9500;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());

/** Somebody whom the site does not know. */
async function stranger(first_name = "Ева"): Promise<Person> {
  strangers += 1;
  return world.person(strangers, { first_name, language_code: "ru", phone_number: `7900111${strangers}` });
}

/** Somebody of the family who is signed in in the bot. */
async function relative(id: number): Promise<Person> {
  const person = await world.person(id);
  await person.signIn();
  return person;
}

const call = async (alias: string, params: object, key?: string) =>
  (await world.api.call(alias, params, key === undefined ? {} : { key })).body;

const untilMarked = (userId: number, wanted: boolean) =>
  until(
    `the site's mark of user ${userId} is ${wanted}`,
    () => world.site.hasBot(userId),
    (has) => has === wanted,
  );

describe("from the bot to the site", () => {
  it("signs somebody in on the site whom the bot knows, and tells them so", async () => {
    const alexander = await relative(127);
    const { url, buid, pin } = await askForLink(alexander);

    const answer = await call("authorize", { buid, pin });

    expect(url.origin).toBe(world.line.url);
    expect(buid).toMatch(/^[0-9A-Za-z]{16}$/);
    expect(answer).toMatchObject({ success: true, status: "linked", userId: 127, leadName: "Александр" });
    await alexander.sees("Вы вошли на сайт через бота");
    expect(await call("authorize", { buid, pin })).toMatchObject({ success: false, errorCode: "pin-used" });
  });

  it("links a stranger to the account that the site has made of them, also over a restart in between", async () => {
    const eve = await stranger();
    const { buid, pin } = await askForLink(eve);
    expect(await call("authorize", { buid, pin })).toMatchObject({ success: true, status: "not-linked" });
    await world.worker.restart();

    const linked = await call("link", { buid, userId: 8 });

    expect(linked).toMatchObject({ success: true, status: "linked", userId: 8, leadName: "Ева" });
    const told = await eve.sees("сайт и бот — теперь один аккаунт. Вы вошли как Антон");
    await eve.sees("Меню", { after: told.message_id });
    await untilMarked(8, true);
    expect(await call("link", { buid, userId: 7 })).toMatchObject({ errorCode: "not-verified" });
  });

  it("links whoever is signed in on the site, and warns their other chat", async () => {
    const olga = await relative(6);
    const another = await stranger("Оля");
    const { buid, pin } = await askForLink(another);

    const answer = await call("authorize", { buid, pin, userId: 6 });

    expect(answer).toMatchObject({ success: true, status: "linked", userId: 6 });
    await another.sees("Вы вошли как Ольга");
    await olga.sees("подключён ещё один чат: Оля");
  });

  it("burns a PIN after five wrong ones, and offers a new one that works", async () => {
    const lev = await relative(2);
    const { buid, pin } = await askForLink(lev);

    const answers = [];
    for (let attempt = 0; attempt < 5; attempt += 1)
      answers.push(await call("authorize", { buid, pin: wrong(pin) }));
    const late = await call("authorize", { buid, pin });

    expect(answers.map(({ errorCode, attemptsLeft }) => [errorCode, attemptsLeft])).toEqual([
      ["pin-wrong", 4],
      ["pin-wrong", 3],
      ["pin-wrong", 2],
      ["pin-wrong", 1],
      ["pin-burnt", undefined],
    ]);
    expect(late).toMatchObject({ success: false, errorCode: "pin-burnt" });
    const offer = await lev.sees("5 раз ввёл на сайте неверный PIN");
    expect(buttonsOf(offer)).toEqual(["Новый PIN"]);
    await lev.tap("Новый PIN", offer.message_id);
    const fresh = await lev.sees("Ваш PIN", { after: offer.message_id });
    expect(await call("authorize", { buid, pin: pinIn(fresh) })).toMatchObject({
      status: "linked",
      userId: 2,
    });
    expect(await lev.count("5 раз ввёл")).toBe(1);
  });

  it("leaves a conflict to the person, and puts the new account in the place of the old where they say so", async () => {
    const someone = await stranger();
    const first = await askForLink(someone);
    await call("authorize", { ...given(first), userId: 4 });
    await someone.sees("Вы вошли как Надежда");
    await untilMarked(4, true);
    const { buid, pin } = await askForLink(someone);

    const conflict = await call("authorize", { buid, pin, userId: 5 });
    const kept = await call("link", { buid, userId: 5 });
    const replaced = await call("link", { buid, userId: 5, relink: true });

    expect(conflict).toMatchObject({ success: true, status: "conflict", linkedUserId: 4 });
    expect(kept).toMatchObject({ success: false, errorCode: "linked-to-another", linkedUserId: 4 });
    expect(replaced).toMatchObject({ success: true, status: "linked", userId: 5 });
    await someone.sees("Вы вошли как Сергей");
    await untilMarked(5, true);
    await untilMarked(4, false);
    expect(await call("authorize", { buid, pin: wrong(pin) })).toMatchObject({ success: false });
  });

  it("does a request once for its key, whatever became of the first answer", async () => {
    const someone = await stranger();
    const { buid, pin } = await askForLink(someone);
    const key = crypto.randomUUID();

    const first = await call("authorize", { buid, pin, userId: 7 }, key);
    const again = await call("authorize", { buid, pin, userId: 7 }, key);

    expect(first).toMatchObject({ status: "linked", userId: 7 });
    expect(again).toEqual(first);
    await someone.sees("Вы вошли как Василий");
    await someone.settle();
    expect(await someone.count("теперь один аккаунт")).toBe(1);
  });
});

describe("from the site to the bot", () => {
  it("links by one tap, tells the site, and is of no use to anybody else", async () => {
    const anna = await world.person(1707);
    const { url } = (await call("link/start", { userId: 1707 })) as { url: string };
    const token = new URL(url).searchParams.get("start");
    expect(url).toContain("/t.me/beseda_demo_bot?start=");

    await anna.say(`/start ${token}`);

    await anna.sees("этот чат подключён к аккаунту Анна Керн");
    await untilMarked(1707, true);
    const mallory = await stranger("Мэллори");
    await mallory.say(`/start ${token}`);
    await mallory.sees("уже использована в другом чате");
    await anna.say(`/start ${token}`);
    await anna.sees("уже подключён к вашему аккаунту");
  });

  it("parts again by unlink: the chat is told, and whatever was given out is dead", async () => {
    const someone = await stranger();
    await call("authorize", { ...given(await askForLink(someone)), userId: 3 });
    await someone.sees("Вы вошли как Наталья");
    const { buid, pin } = await askForLink(someone);
    const { url } = (await call("link/start", { userId: 3 })) as { url: string };

    expect(await call("unlink", { userId: 3 })).toEqual({ success: true });

    await someone.sees("Вы вышли, и бот отключён");
    expect(await call("authorize", { buid, pin })).toMatchObject({ errorCode: "pin-expired" });
    const after = await someone.say(`/start ${new URL(url).searchParams.get("start")}`);
    await someone.sees("больше не действует", { after });
    expect(await call("unlink", { userId: 3 })).toEqual({ success: true });
  });

  it("ends with a sign-out in the bot, of which the site is told", async () => {
    const someone = await stranger();
    await call("authorize", { ...given(await askForLink(someone)), userId: 1 });
    await someone.sees("Вы вошли как Арина");
    await untilMarked(1, true);
    const { buid, pin } = await askForLink(someone);

    await someone.say("/logout");

    await untilMarked(1, false);
    expect(await call("authorize", { buid, pin })).toMatchObject({ errorCode: "pin-expired" });
  });
});

describe("pages that ask for no PIN", () => {
  it("know by the link of a form who fills it in, and answer them by their person id", async () => {
    const guest = await stranger("Гость");
    const after = await guest.say("/gathering");
    const invitation = await guest.sees("PIN для неё не нужен", { after });
    const url = new URL(urlOf(invitation));

    const who = await call("identify", { token: url.searchParams.get("token") ?? "" });

    expect(url.pathname).toBe("/gathering");
    expect(who).toMatchObject({ success: true, userId: null, leadName: "Гость", path: "gathering" });
    await call("gathering/answered", { personId: who.personId, guests: 3, wishes: "Самовар" });
    expect(wordsOf(await guest.sees("Записал, спасибо!"))).toContain("Пожелания: Самовар");
    await call("post/new", { postId: 1, authorId: 3, leadIds: [who.leadId] });
    await guest.sees("пишет на семейном сайте");
  });

  it("know inside Telegram who has opened them", async () => {
    const guest = await stranger("Гость");
    await guest.say("/menu");
    await guest.sees("Вы пока не вошли");
    const body = JSON.stringify({ bot: world.telegram.bot });
    const headers = { "Content-Type": "application/json" };
    const { initData } = await world.telegram.ask(`/users/${guest.id}/init-data`, {
      method: "POST",
      headers,
      body,
    });

    const who = await call("miniapp/identify", { initData });
    const forged = await call("miniapp/identify", {
      initData: String(initData).replace(String(guest.id), "127"),
    });

    expect(who).toMatchObject({ success: true, userId: null, leadName: "Гость" });
    expect(forged).toMatchObject({ success: false, errorCode: "init-data-invalid" });
  });
});

describe("signing in with a code by SMS", () => {
  it("sends it to the phone of the user, and says the same of somebody who is none", async () => {
    const anna = await world.person(77_001, {
      first_name: "Аня",
      phone_number: "79161234567",
      language_code: "ru",
    });
    const nobody = await stranger();

    const said = [];
    for (const [person, key] of [
      [anna, "anna@example.org"],
      [nobody, "nobody@example.org"],
    ] as const) {
      await person.say("/signin");
      await person.sees("Напишите номер телефона, почту или id");
      const after = await person.say(key);
      said.push(wordsOf(await person.sees("Если такой пользователь есть", { after })));
    }
    const code = await until(
      "the code by SMS",
      () => smsOf(anna),
      (text) => text !== "",
    );
    await anna.say(code);

    expect(said[0]).toBe(said[1]);
    await anna.sees("Рад встрече, Анна!");
    expect(await smsOf(nobody)).toBe("");
  });
});

const given = ({ buid, pin }: { readonly buid: string; readonly pin: string }) => ({ buid, pin });

/** The code in the last SMS of somebody's phone; empty where there is none. */
async function smsOf({ id }: Person): Promise<string> {
  const { sms } = (await world.telegram.ask(`/users/${id}/sms`)) as { sms: { text: string }[] };
  return /\d{6}/.exec(sms.at(-1)?.text ?? "")?.[0] ?? "";
}
