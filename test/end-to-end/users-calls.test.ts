import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../world/json.ts";
import { buttonsOf, type Person, wordsOf } from "../world/person.ts";
import { type Identity, startWorld, type World } from "../world/world.ts";

const NADEZHDA = { first_name: "Надежда", phone_number: "79000000004", language_code: "ru" };
const SERGEY = { first_name: "Сергей", phone_number: "79000000005", language_code: "ru" };

/** Each changes a user, and needs nothing but the user; `users/update` needs a role too, and `users/pause` a time. */
const ALIASES = ["connect-bot", "disconnect-bot", "block", "unblock", "delete", "resume", "pause", "update"];

let world: World;

beforeAll(async () => {
  world = await startWorld({ siteTells: false });
});
afterAll(() => world?.close());

async function signedIn(id: number, identity?: Identity): Promise<Person> {
  const person = await world.person(id, identity);
  await person.signIn();
  return person;
}

/** A call of `users/…`, and what it is answered. */
async function users(verb: string, params: JsonObject): Promise<JsonObject> {
  return (await world.api.call(`users/${verb}`, params)).body;
}

/** What every alias needs, for one user. */
function paramsOf(verb: string, userId: number): JsonObject {
  if (verb === "update") return { userId, role: "editor", changedBy: "administrator" };
  return verb === "pause" ? { userId, until: null } : { userId };
}

/** How a call that tells one person begins its answer. */
const TELLS_ONE = { success: true, callId: expect.any(String), recipients: { total: 1, queued: 1 } };

describe("users/update", () => {
  const someone = { userId: 127, role: "user" };
  let alexander: Person;

  beforeAll(async () => {
    alexander = await signedIn(127);
  });

  it("tells the person which fields an administrator has changed, and where to mend what is wrong", async () => {
    const params = { ...someone, firstname: "Саша", lastname: "Пушкин", phone: "+7 918 777-77-78" };

    const answer = await users("update", { ...params, changedBy: "administrator" });

    expect(answer).toMatchObject({ ...TELLS_ONE, changed: ["firstname", "phone"] });
    const told = await alexander.sees(/Администратор сайта изменил .*учётной записи: имя, телефон/);
    expect(buttonsOf(told)).toEqual(["Это неверно"]);
    await alexander.tap("Это неверно", told.message_id);
    const where = await alexander.sees("Исправить данные можно на сайте", { after: told.message_id });
    expect(buttonsOf(where)).toEqual(["Открыть сайт", "Помощь"]);
    const after = await alexander.say("/menu");
    await alexander.sees("Саша, я пришлю новости", { after });
  });

  it("changes nothing and tells nobody when called again, or with what the person has changed themself", async () => {
    const byAdministrator = { ...someone, email: "pushkin@example.org", changedBy: "administrator" };
    await users("update", byAdministrator);
    const first = await alexander.sees(/изменил .*учётной записи: электронная почта/);

    expect(await users("update", byAdministrator)).toEqual({ success: true, changed: [] });
    const own = { ...someone, email: "sasha@example.org", changedBy: "user" };
    expect(await users("update", own)).toEqual({ success: true, changed: ["email"] });

    await users("update", { ...someone, lastname: "Пушкин-младший", changedBy: "employee" });
    await alexander.sees(/сотрудник изменил .*учётной записи: фамилия/);
    const since = (await alexander.heard()).filter(({ message_id }) => message_id > first.message_id);
    expect(since.map(wordsOf)).toHaveLength(1);
  });

  it("has a delivery address confirmed, and takes the right one to the helpdesk as a request", async () => {
    const location = { country: "Россия", region: "Псковская область", city: "Михайловское" };
    const event = { eventId: "orders/delivery-address", changedBy: "employee" };

    expect(await users("update", { ...someone, location, ...event })).toMatchObject({
      changed: ["location"],
    });

    const asked = await alexander.sees("адрес доставки: Россия, Псковская область, Михайловское. Всё верно?");
    expect(buttonsOf(asked)).toEqual(["Да, верно", "Нет"]);
    await alexander.tap("Нет", asked.message_id);
    await alexander.sees("Как правильно?", { after: asked.message_id });
    const after = await alexander.say("Тригорское, дом с колоннами");
    await alexander.sees("Спасибо, передал", { after });
    const page = await world.site.requestPage("Неверный адрес доставки");
    expect(await world.site.as(127).read(page)).toContain("Тригорское, дом с колоннами");
  });
});

describe("users/block and users/unblock", () => {
  it("treat the person as a stranger, with the reason, until they are let in again with their menu", async () => {
    const anna = await signedIn(1707);

    const answer = await users("block", { userId: 1707, reason: "Потерян телефон" });

    expect(answer).toMatchObject(TELLS_ONE);
    const told = await anna.sees("заблокирована администратором.\n\nПричина: Потерян телефон");
    expect(buttonsOf(told)).toEqual(["Войти", "Открыть сайт", "Помощь"]);
    for (const command of ["/start", "/menu"]) {
      const after = await anna.say(command);
      const again = await anna.sees("Причина: Потерян телефон", { after });
      expect(buttonsOf(again)).toEqual(["Войти", "Открыть сайт", "Помощь"]);
    }
    const post = await world.api.accepted("post/new", { postId: 1, authorId: 3, userIds: [1707] });
    expect(post.recipients).toMatchObject({ total: 1, queued: 0 });
    expect(await users("block", { userId: 1707, reason: "Потерян телефон" })).toEqual({ success: true });

    const before = await anna.say("/help");
    expect(await users("unblock", { userId: 1707 })).toMatchObject(TELLS_ONE);
    const unblocked = await anna.sees("Анна, ваша учётная запись разблокирована", { after: before });
    expect(buttonsOf(unblocked)).toContain("Выйти");
    expect(await users("unblock", { userId: 1707 })).toEqual({ success: true });
    const after = await anna.say("/start");
    await anna.sees("Вы уже вошли", { after });
    expect(await anna.count("разблокирована")).toBe(1);
  });
});

describe("users/disconnect-bot and users/connect-bot", () => {
  it("sign out at once, and ask whoever comes back by the site to sign in, then greet them with the news", async () => {
    const lev = await signedIn(2);

    expect(await users("disconnect-bot", { userId: 2 })).toMatchObject(TELLS_ONE);
    await lev.sees("Вы вышли");
    expect(await users("disconnect-bot", { userId: 2 })).toEqual({ success: true });
    const post = await world.api.accepted("post/new", { postId: 1, authorId: 3, userIds: [2] });
    expect(post.recipients).toMatchObject({ total: 1, unlinked: 1 });

    expect(await users("connect-bot", { userId: 2 })).toMatchObject(TELLS_ONE);
    const asked = await lev.sees("Как хорошо, что вы снова здесь, Лев! В этом чате");
    expect(buttonsOf(asked)).toEqual(["Войти"]);
    await lev.tap("Войти", asked.message_id);
    await lev.sees("Здравствуйте, Лев", { after: asked.message_id });
    await lev.share();
    const menu = await lev.sees("Меню", { after: asked.message_id });
    expect(await lev.count("бот отключён")).toBe(1);

    expect(await users("connect-bot", { userId: 2 })).toMatchObject(TELLS_ONE);
    const greeting = await lev.sees("Как хорошо, что вы снова здесь, Лев! Чем помочь?", {
      after: menu.message_id,
    });
    expect(buttonsOf(greeting)).toEqual(expect.arrayContaining(["Свежие новости", "Выйти"]));
    await lev.tap("Свежие новости", greeting.message_id);
    await lev.sees("Новости за неделю", { after: greeting.message_id });
  });
});

describe("users/delete", () => {
  it("signs out silently; the next message is told so once, with the menu of strangers", async () => {
    const nadezhda = await signedIn(9104, NADEZHDA);
    const before = await nadezhda.heard();

    expect(await users("delete", { userId: 4 })).toEqual({ success: true });
    expect(await users("delete", { userId: 4 })).toEqual({ success: true });

    const post = await world.api.accepted("post/new", { postId: 1, authorId: 3, userIds: [4] });
    expect(post.recipients).toMatchObject({ total: 1, queued: 0 });
    expect(await nadezhda.heard()).toEqual(before);
    const first = await nadezhda.say("Добрый день");
    const told = await nadezhda.sees("Ваша учётная запись на сайте удалена", { after: first });
    expect(buttonsOf(told)).toEqual(["Войти", "Открыть сайт", "Помощь"]);
    const second = await nadezhda.say("Добрый день");
    await nadezhda.sees("Вы пока не вошли", { after: second });
    expect(await nadezhda.count("удалена")).toBe(1);
  });
});

describe("every call of users/…", () => {
  it.each(ALIASES)("users/%s refuses a user whom nobody knows", async (verb) => {
    expect(await users(verb, paramsOf(verb, 999_999))).toEqual({
      success: false,
      errorCode: "user-not-found",
      message: "Пользователь не найден",
    });
  });

  it.each(ALIASES)(
    "users/%s is fine with a user whom the site alone knows, and sends nothing",
    async (verb) => {
      const { success, recipients } = await users(verb, paramsOf(verb, 8));

      expect(success).toBe(true);
      if (recipients !== undefined) expect(recipients).toMatchObject({ total: 1, queued: 0, unlinked: 1 });
    },
  );

  it("users/connect-bot shows that a user whom the site alone knows could not be told", async () => {
    expect(await users("connect-bot", { userId: 8 })).toMatchObject({
      success: true,
      recipients: { total: 1, queued: 0, unlinked: 1 },
    });
  });

  it("does nothing and tells nobody on a dry run", async () => {
    const sergey = await signedIn(9105, SERGEY);
    const before = await sergey.heard();
    const dry = (verb: string) =>
      world.api.send(
        `users/${verb}`,
        JSON.stringify({ script_request_params: paramsOf(verb, 5), dryRun: true }),
      );

    for (const verb of ALIASES) {
      const { body } = await dry(verb);
      expect({ verb, body }).toMatchObject({ verb, body: { success: true, dryRun: true } });
      expect(body).not.toHaveProperty("callId");
    }

    const post = await world.api.accepted("post/new", { postId: 1, authorId: 3, userIds: [5] });
    expect(post.recipients).toMatchObject({ total: 1, queued: 1 });
    const last = before.at(-1)?.message_id ?? 0;
    const news = await sergey.sees("пишет на семейном сайте", { after: last });
    expect(news).toEqual((await sergey.heard()).find(({ message_id }) => message_id > last));
    expect(await users("update", paramsOf("update", 5))).toMatchObject({ changed: ["role"] });
  });
});
