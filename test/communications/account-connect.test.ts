import { describe, expect, it } from "vitest";
import { accountWorld, DAY, HOUR, labels, post, userOf } from "./account-world.ts";

const finished = {
  requestId: "5",
  userId: "127",
  title: "Пропал кролик",
  status: "finished",
  performerName: "",
  rating: null,
  url: "https://site.test/requests/5",
} as const;

const task = { kind: "review", userId: "127", requestId: "5", title: "Пропал кролик" } as const;

describe("users/connect-bot", () => {
  it("greets gladly by name, asks how to help, and offers the menu and the news", async () => {
    const { world, alice, bob } = await accountWorld();

    await world.call("users/connect-bot", { userId: 127 });
    await world.call("users/connect-bot", { userId: 1707 });

    expect(alice.last.text).toBe("Как хорошо, что вы снова здесь, Алиса! Чем помочь?");
    const [first, ...menu] = labels(alice.last);
    expect(first).toBe("Свежие новости");
    expect(menu).toEqual(expect.arrayContaining(["Открыть сайт", "Пауза", "Помощь", "Выйти"]));
    expect(bob.last.text).toBe("Good to have you back, Боб! What can I do for you?");
    expect(labels(bob.last)).toContain("Fresh news");
  });

  it("shows the week's news, each with its author, its beginning and its page", async () => {
    const { world, alice } = await accountWorld();
    const { posts, postedAt } = world.system;
    const long = {
      ...post,
      postId: "2",
      text: "длинное слово ".repeat(20),
      url: "https://site.test/posts/2",
    };
    posts.push(long, { ...post, postId: "3" }, { ...post, postId: "4", text: "Старое" });
    postedAt.set("2", world.clock.now() - 6 * DAY).set("4", world.clock.now() - 8 * DAY);
    await world.call("users/connect-bot", { userId: 127 });

    await alice.taps("Свежие новости");

    expect(alice.last.text).toContain("• Чарльз: Мы переезжаем!");
    expect(alice.last.text).toMatch(/• Чарльз: длинное слово .{30,60}…$/m);
    expect(alice.last.html).toContain('<a href="https://site.test/posts/2">');
    expect(alice.last.text).not.toContain("Старое");
  });

  it("says kindly that there is nothing new; and the button works once", async () => {
    const { world, bob } = await accountWorld();
    await world.call("users/connect-bot", { userId: 1707 });
    const greeting = bob.last;

    await bob.taps("Fresh news");
    await bob.taps("Fresh news", greeting);

    expect(bob.last.text).toContain("There was nothing new on the site this week.");
    expect(bob.sees.filter((text) => text.includes("nothing new"))).toHaveLength(1);
    expect(bob.phone.notes.at(-1)).toContain("already been used");
  });

  it("has nothing new to show where the main system offers no news", async () => {
    const { world, alice } = await accountWorld();
    await world.call("users/connect-bot", { userId: 127 });
    await world.passes(1000);
    world.system.fails("knows-no-such");

    await alice.taps("Свежие новости");

    expect(alice.last.text).toContain("не было ничего нового");
  });

  it("asks somebody who has signed out to sign in, and shows them nothing", async () => {
    const { world, alice } = await accountWorld();
    world.system.tasks.push(task);
    world.system.requests.push(finished);
    await alice.types("/logout");

    await world.call("users/connect-bot", { userId: 127 });
    await world.passes(2 * DAY);

    expect(alice.last.text).toContain("В этом чате вы вышли: войдите, пожалуйста");
    await alice.taps("Войти");
    expect(alice.last.keyboard).toEqual({ askContact: "📱 Поделиться номером" });
  });

  it("does not tell whoever is signed in there by now", async () => {
    const { world, alice } = await accountWorld();
    world.system.users.push({ ...(world.system.users[0] ?? never()), userId: "5", phone: "+79180000005" });
    await alice.types("/logout");
    await alice.types("/start");
    await alice.does({ kind: "contact", phone: "+79180000005", own: true });
    const before = alice.sees.length;

    await world.call("users/connect-bot", { userId: 127 });

    expect(alice.sees).toHaveLength(before);
  });

  it("refuses whom neither the bot nor the main system knows", async () => {
    const { world } = await accountWorld();

    expect(await world.call("users/connect-bot", { userId: 404 })).toEqual({ refused: "user-not-found" });
  });
});

describe("coming back", () => {
  it("has finished requests reviewed, one a day, in the morning", async () => {
    const { world, alice } = await accountWorld();
    world.system.requests.push(finished, { ...finished, requestId: "6", title: "Чай остыл" });
    world.system.tasks.push(task, { ...task, requestId: "6", title: "Чай остыл" });

    await world.call("users/connect-bot", { userId: 127 });
    await world.passes(DAY);
    expect(alice.last.text).toContain("Заявка № 5 «Пропал кролик» завершена. Оцените");
    await alice.taps("⭐⭐⭐⭐⭐ Отлично");
    await alice.types("Нашёлся!");
    await world.passes(DAY);

    expect(world.system.ratings).toEqual([{ requestId: "5", userId: "127", rating: 5, comment: "Нашёлся!" }]);
    expect(alice.sees.filter((text) => text.includes("«Чай остыл»"))).toHaveLength(1);
  });

  it("has no more than seven requests reviewed, however many there are", async () => {
    const { world, alice } = await accountWorld();
    for (let requestId = 1; requestId <= 10; requestId += 1) {
      world.system.requests.push({ ...finished, requestId: String(requestId) });
      world.system.tasks.push({ ...task, requestId: String(requestId) });
    }

    await world.call("users/connect-bot", { userId: 127 });
    await world.passes(12 * DAY);

    const asked = alice.sees.flatMap((text) => /Заявка № (\d+) .*Оцените/.exec(text)?.[1] ?? []);
    expect(asked).toEqual(["1", "2", "3", "4", "5", "6", "7"]);
  });

  it("twice does not ask for a review twice", async () => {
    const { world, bob } = await accountWorld();
    world.system.requests.push({ ...finished, userId: "1707" });
    world.system.tasks.push({ ...task, userId: "1707" });

    await world.call("users/connect-bot", { userId: 1707 });
    await world.passes(HOUR);
    await world.call("users/connect-bot", { userId: 1707 });
    await world.passes(2 * DAY);

    expect(bob.sees.filter((text) => text.includes("Please rate how it went"))).toHaveLength(1);
  });

  it("asks for no review that has come by then, nor of somebody who is gone", async () => {
    const { world, alice, bob } = await accountWorld();
    world.system.requests.push({ ...finished, rating: 4 }, { ...finished, requestId: "6", userId: "1707" });
    world.system.tasks.push(task, { ...task, userId: "1707", requestId: "6" });
    await world.call("users/connect-bot", { userId: 127 });
    await world.call("users/connect-bot", { userId: 1707 });
    await world.passes(HOUR);

    await bob.types("/logout");
    const before = [alice.sees.length, bob.sees.length];
    await world.passes(3 * DAY);

    expect([alice.sees.length, bob.sees.length]).toEqual(before);
  });

  it("takes over what the main system knows of them by now: their name, and with their role another menu", async () => {
    const { world, alice } = await accountWorld();
    world.system.users[0] = {
      ...(world.system.users[0] ?? never()),
      firstName: "Алисия",
      role: "administrator",
    };

    await world.call("users/connect-bot", { userId: 127 });
    await world.passes(1000);
    await alice.types("/menu");

    expect(alice.last.text).toContain("Алисия");
    expect(labels(alice.last)).toContain("Управление сайтом");
  });

  it("finds out that the account is off by now: they are strangers until it is on again", async () => {
    const { world, alice } = await accountWorld();
    world.system.users[0] = { ...(world.system.users[0] ?? never()), active: false };

    await world.call("users/connect-bot", { userId: 127 });
    await world.passes(1000);
    await alice.types("/menu");

    expect(alice.last.text).toContain("Ваша учётная запись на сайте отключена.");
    expect(labels(alice.last)).toEqual(["Войти", "Открыть сайт", "Помощь"]);
  });

  it("says that the account is switched off, or gone", async () => {
    const { world, alice, bob } = await accountWorld();
    world.system.users[0] = { ...(world.system.users[0] ?? never()), active: false };
    world.system.users.length = 1;

    await world.call("users/connect-bot", { userId: 127 });
    await world.call("users/connect-bot", { userId: 1707 });
    await world.passes(1000);

    expect(alice.last.text).toContain("Ваша учётная запись на сайте отключена");
    expect(bob.last.text).toContain("it is no longer on the site");
    expect(labels(bob.last)).toEqual(["Open the site", "Help"]);
  });

  it("asks for no review of an account that is switched off", async () => {
    const { world, alice } = await accountWorld();
    world.system.users[0] = { ...userOf("user"), active: false };
    world.system.tasks.push(task);
    world.system.requests.push(finished);

    await world.call("users/connect-bot", { userId: 127 });
    await world.passes(2 * DAY);

    expect(alice.last.text).toContain("отключена");
  });

  it("is not disturbed by a main system that is silent: the check comes later, without a word", async () => {
    const { world, alice } = await accountWorld();
    world.system.tasks.push(task);
    world.system.requests.push(finished);
    world.system.fails("silent", "silent");

    await world.call("users/connect-bot", { userId: 127 });
    await world.passes(HOUR);
    expect(alice.last.text).toContain("Как хорошо");
    await world.passes(DAY);

    expect(alice.last.text).toContain("Заявка № 5");
  });

  it("is not disturbed by a main system that offers no tasks", async () => {
    const { world, alice } = await accountWorld();
    world.system.fails("knows-no-such");
    const before = alice.sees.length;

    await world.call("users/connect-bot", { userId: 127 });
    await world.passes(DAY);

    expect(alice.sees.slice(before).join()).not.toContain("не получилось");
  });
});

describe("users/disconnect-bot", () => {
  it("signs out everywhere, says so in each chat, and how to come back", async () => {
    const { world, alice, bob } = await accountWorld();
    const second = world.person({ phone: "+79180000001", language: "en" });
    await second.signsIn();

    await world.call("users/disconnect-bot", { userId: 127 });

    expect(alice.last.text).toContain("Вы вышли, и бот отключён");
    expect(alice.last.text).toContain("войдите заново: /start");
    expect(second.last.text).toContain("You are signed out and the bot is off");
    expect(await world.call("post/new", { postId: 1, authorId: 3, userIds: [127] })).toEqual({
      outcomes: new Map([["127", { state: "unlinked" }]]),
    });
    expect(bob.last.text).toContain("Menu");
  });

  it("is said once, however often it is called, and not to those who signed out themselves", async () => {
    const { world, alice, bob } = await accountWorld();
    await bob.types("/logout");
    const before = bob.sees.length;

    await world.call("users/disconnect-bot", { userId: 127 });
    await world.call("users/disconnect-bot", { userId: 127 });
    await world.call("users/disconnect-bot", { userId: 1707 });

    expect(alice.sees.filter((text) => text.includes("бот отключён"))).toHaveLength(1);
    expect(bob.sees).toHaveLength(before);
  });

  it("says the same words as /logout", async () => {
    const { world, alice, bob } = await accountWorld();
    const russian = world.person({ phone: "+79180000002" });
    await russian.signsIn();

    await alice.types("/logout");
    await world.call("users/disconnect-bot", { userId: 1707 });

    expect(russian.last.text).toBe(alice.last.text);
    expect(bob.last.text).not.toBe(alice.last.text);
  });
});

function never(): never {
  throw new Error("There is no such user");
}
