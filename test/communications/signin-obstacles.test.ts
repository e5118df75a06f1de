import { describe, expect, it } from "vitest";
import { HOUR, type userOf } from "./account-world.ts";
import { user } from "./family-world.ts";
import { CODE_SENT, codeIn, codeWorld, otherThan } from "./linking-world.ts";

describe("signing in with a code, where something is in the way", () => {
  it("tells only who has the code that the account is switched off", async () => {
    const { world, stranger, asks, who } = await codeWorld();
    world.system.users.push({ ...user("6", "Пётр", "+79180000006"), active: false });
    await asks("6");
    expect(stranger.last.text).toContain(CODE_SENT);

    await stranger.types(codeIn(world));

    expect(stranger.last.text).toContain("Ваша учётная запись на сайте отключена.");
    expect(who()).toBeNull();
  });

  it("tells only who has the code that an administrator has blocked the account", async () => {
    const { world, stranger, asks, who } = await codeWorld();
    await world.call("users/block", { userId: 127, reason: "Шум" });
    await asks("127");
    expect(stranger.last.text).toContain(CODE_SENT);

    await stranger.types(codeIn(world));

    expect(stranger.sees.at(-2)).toContain("Причина: Шум");
    expect(who()).toBeNull();
  });

  it("has no code that is good for one that was held back: one phone is not guessed at from many chats", async () => {
    const { world, stranger, asks, who } = await codeWorld();
    for (let chat = 0; chat < 5; chat += 1) {
      const other = world.person({ firstName: "Mallory" });
      await other.types("/signin");
      await other.types("5");
    }
    expect(world.links.texts).toHaveLength(5);

    await asks("5");
    await stranger.types(world.links.codes.at(-1) ?? "");

    expect(world.links.texts).toHaveLength(5);
    expect(world.logged).toContain("sms-held-back");
    expect(stranger.last.text).toContain("Код не подошёл");
    expect(stranger.last.text).toContain("Осталось попыток: 4");
    expect(who()).toBeNull();
  });

  it.each([
    ["is gone", (users: ReturnType<typeof userOf>[]) => void users.splice(2)],
    [
      "has another phone",
      (users: ReturnType<typeof userOf>[]) => void users.splice(2, 1, user("5", "Вера", "+79180000111")),
    ],
  ])("lets nobody in whose account %s by the time the code comes", async (_, change) => {
    const { world, stranger, asks, who } = await codeWorld();
    await asks("5");

    change(world.system.users);
    await stranger.types(codeIn(world));

    expect(stranger.last.text).toBe("Этот код больше не действует. Отправить новый?");
    expect(who()).toBeNull();
  });

  it.each([
    ["nobody", "404"],
    ["a user without a phone", "6"],
  ])(
    "lets nobody in who guesses the code of %s, and says no more than of a code that is over",
    async (_, key) => {
      const { world, stranger, asks, who } = await codeWorld();
      world.system.users.push(user("6", "Пётр", ""));
      await asks(key);

      await stranger.types(world.links.codes.at(-1) ?? "");

      expect(world.links.texts).toEqual([]);
      expect(stranger.last.text).toBe("Этот код больше не действует. Отправить новый?");
      expect(who()).toBeNull();
    },
  );

  it("lets nobody in where the system answers with somebody else", async () => {
    const { world, stranger, asks } = await codeWorld();
    const { user: look } = world.system.port;
    Object.assign(world.system.port, { user: () => look({ userId: "127" }) });

    for (const key of ["5", "vera@site.test", "+79180000005"]) await asks(key);

    expect(world.links.texts).toEqual([]);
    expect(stranger.last.text).toContain(CODE_SENT);
  });

  it("says that the site is silent, whoever is asked for, and goes on with the same code", async () => {
    const { world, stranger, asks, who } = await codeWorld();
    world.system.fails("silent");

    await asks("5");
    expect(stranger.last.text).toContain("Сайт сейчас не отвечает, поэтому код пока не отправлен.");
    await stranger.taps("Попробовать ещё раз");
    expect(stranger.last.text).toContain(CODE_SENT);
    await stranger.types(codeIn(world));

    expect(world.links.texts).toHaveLength(1);
    expect(who()).toBe("5");
  });

  it("is brought to its end by itself where the site is silent once the code was right", async () => {
    const { world, stranger, asks, who } = await codeWorld();
    await asks("5");
    world.system.fails("silent", "silent", "silent");

    await stranger.types(codeIn(world));
    expect(stranger.last.text).toContain("Код верный, но сайт сейчас не отвечает.");
    await world.passes(HOUR);

    expect(stranger.sees.filter((text) => text.includes("не отвечает"))).toHaveLength(1);
    expect(who()).toBe("5");
  });

  it("does not take the place of whom they have signed in as, while the site was silent", async () => {
    const { world, stranger, asks, who } = await codeWorld();
    await asks("5");
    world.system.fails("silent", "silent");
    await stranger.types(codeIn(world));
    world.system.users.push(user("7", "Надя", "+79180000999"));

    await stranger.signsIn();
    await world.passes(HOUR);

    expect(who()).toBe("7");
  });

  it("says the same where the gateway fails, and another code can be asked for", async () => {
    const { world, stranger, asks, who } = await codeWorld();
    world.links.fails(1);

    await asks("5");
    expect(stranger.last.text).toContain(CODE_SENT);
    await stranger.taps("Отправить новый код");
    await stranger.types(codeIn(world));

    expect(world.logged).toContain("sms-not-sent");
    expect(who()).toBe("5");
  });

  it("is let be by the next day: what they write then is answered as ever", async () => {
    const { world, stranger, asks } = await codeWorld();
    await asks("5");
    const before = stranger.sees.length;

    await world.passes(24 * HOUR);
    await stranger.types("привет");

    expect(stranger.sees.slice(before)).toEqual([expect.stringContaining("Меню")]);
  });

  it("leaves old buttons without effect", async () => {
    const { world, stranger, asks, who } = await codeWorld();
    await asks("5");
    const old = stranger.last;
    await stranger.types(codeIn(world));

    await stranger.taps("Отправить новый код", old);
    await stranger.taps("Войти по-другому", old);

    expect(stranger.phone.notes.slice(-2).every((note) => note.includes("уже сработала"))).toBe(true);
    expect(world.links.texts).toHaveLength(1);
    expect(who()).toBe("5");
  });

  it("answers an update once, however often it comes: one code, one attempt", async () => {
    const { world, stranger } = await codeWorld();
    await stranger.types("/signin");

    await stranger.does({ kind: "text", text: "5" }, 3);
    await stranger.does({ kind: "text", text: otherThan(codeIn(world)) }, 3);

    expect(world.links.texts).toHaveLength(1);
    expect(stranger.last.text).toContain("Осталось попыток: 4.");
  });
});

describe("a number that is shared after somebody has signed in otherwise", () => {
  it("changes nothing", async () => {
    const { world, stranger, asks, who } = await codeWorld();
    world.system.users.push(user("7", "Надя", "+79180000999"));
    await stranger.types("/start");
    await asks("5");
    await stranger.types(codeIn(world));

    await stranger.sharesContact();

    expect(stranger.last.text).toContain("С возвращением, Вера! Вы уже вошли.");
    expect(who()).toBe("5");
  });
});
