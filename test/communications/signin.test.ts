import { describe, expect, it } from "vitest";
import { HOUR, labels, MINUTE } from "./account-world.ts";
import { CODE_SENT, codeIn, codeWorld, otherThan } from "./linking-world.ts";

describe("signing in with a code", () => {
  it.each([
    ["phone", "+7 (918) 000-00-05"],
    ["phone as it is written at home", "8 918 000 00 05"],
    ["e-mail address", "vera@SITE.test"],
    ["id", " 5 "],
  ])("goes by %s, and the code to the phone that the site knows", async (_, key) => {
    const { world, stranger, asks, who } = await codeWorld();

    await asks(key);
    expect(stranger.last.text).toContain(CODE_SENT);
    expect(world.links.texts).toEqual([
      {
        phone: "+79180000005",
        text: expect.stringMatching(/^Код для входа в бот: \d{6}\. Никому его не сообщайте\.$/),
      },
    ]);
    await stranger.types(codeIn(world));

    expect(stranger.sees.at(-2)).toContain("Рад встрече, Вера! Вы вошли.");
    expect(stranger.phone.shown.at(-2)?.keyboard).toBe("remove");
    expect(stranger.last.text).toContain("Меню");
    expect(who()).toBe("5");
    expect(world.system.connected.has("5")).toBe(true);
  });

  it("speaks English with whom Telegram speaks English, also by SMS", async () => {
    const { world } = await codeWorld();
    const carroll = world.person({ firstName: "Carroll", language: "en" });

    await carroll.types("/signin");
    await carroll.types("5");
    await carroll.types("000 000");

    expect(carroll.sees.slice(0, 2).join()).toContain(
      "Please write the phone number, the e-mail address or the id",
    );
    expect(carroll.sees.at(-2)).toContain("If there is such a user, a code was sent to their phone.");
    expect(carroll.last.text).toContain("Attempts left: 4.");
    expect(labels(carroll.last)).toEqual(["Send a new code", "Sign in another way"]);
    expect(world.links.texts[0]?.text).toMatch(
      /^Your code to sign in to the bot: \d{6}\. Do not tell it to anybody\.$/,
    );
  });

  it("is offered beside the button that shares the number, where the bot has SMS", async () => {
    const { world, stranger } = await codeWorld();
    await stranger.types("/start");
    expect(stranger.last.text).toContain("код придёт по SMS. Для этого нажмите /signin");
    await stranger.sharesContact();
    expect(stranger.last.text).toContain("/signin");
    world.bot = { ...world.bot, sms: null };
    const other = world.person();

    await other.types("/start");
    await other.types("/signin");

    expect(other.sees[0]).not.toContain("/signin");
    expect(other.last.text).toContain("этот бот их не отправляет");
    expect(labels(other.last)).toEqual(["Войти"]);
  });

  it("takes the button away that shares the number, and what is typed then is no answer to that", async () => {
    const { world, stranger, asks } = await codeWorld();
    await stranger.types("/start");

    await asks("5");
    expect(stranger.phone.shown.at(-3)?.keyboard).toBe("remove");
    await stranger.types(codeIn(world));
    await stranger.types("привет");

    expect(stranger.last.text).toContain("Меню");
  });

  it("is not begun by whom the bot knows, nor by whom an administrator has blocked", async () => {
    const { world, alice, bob } = await codeWorld();
    await world.call("users/block", { userId: 127, reason: "Шум" });

    await alice.types("/signin");
    await bob.types("/signin");

    expect(alice.last.text).toContain("Причина: Шум");
    expect(bob.last.text).toContain("already signed in");
  });

  it("asks again for what is no phone, e-mail address or id, and for what is no code", async () => {
    const { stranger } = await codeWorld();
    await stranger.types("/signin");
    await stranger.does({ kind: "other" });
    await stranger.types("x".repeat(255));
    expect(stranger.last.text).toContain("одно из трёх");
    await stranger.types("5");

    await stranger.types("12345");
    await stranger.types("не пришёл");

    expect(stranger.sees.slice(-2).every((text) => text.includes("шесть цифр из SMS"))).toBe(true);
  });

  it("says how many attempts are left, and burns the code at the fifth", async () => {
    const { world, stranger, asks, who } = await codeWorld();
    await asks("5");
    const code = codeIn(world);

    for (let time = 0; time < 4; time += 1) await stranger.types(otherThan(code));
    expect(stranger.last.text).toContain("Осталось попыток: 1.");
    await stranger.types(otherThan(code));

    expect(stranger.last.text).toContain("Код не подошёл 5 раз и больше не действует.");
    expect(labels(stranger.last)).toEqual(["Отправить новый код", "Войти по-другому"]);
    await stranger.types(code);
    expect(who()).toBeNull();
  });

  it("lets a code be right after some that were wrong, with spaces in it", async () => {
    const { world, stranger, asks, who } = await codeWorld();
    await asks("5");
    const code = codeIn(world);

    await stranger.types(otherThan(code));
    await stranger.types(`${code.slice(0, 3)} ${code.slice(3)}`);

    expect(who()).toBe("5");
  });

  it("takes no code after ten minutes, and sends a new one", async () => {
    const { world, stranger, asks, who } = await codeWorld();
    await asks("5");
    await world.passes(10 * MINUTE);

    await stranger.types(codeIn(world));
    expect(stranger.last.text).toContain("прошло 10 минут");
    await stranger.taps("Отправить новый код");
    await stranger.types(codeIn(world));

    expect(world.links.texts).toHaveLength(2);
    expect(who()).toBe("5");
  });

  it("takes the newest code alone", async () => {
    const { world, stranger, asks, who } = await codeWorld();
    await asks("5");
    const first = codeIn(world);
    await stranger.taps("Отправить новый код");

    await stranger.types(first);
    expect(stranger.last.text).toContain("Код не подошёл");
    await stranger.types(codeIn(world));

    expect(who()).toBe("5");
  });

  it("can be given up for another key, or for the number of this Telegram", async () => {
    const { world, stranger, asks, who } = await codeWorld();
    await asks("404");
    await stranger.taps("Войти по-другому");
    expect(labels(stranger.last)).toEqual(["По другому номеру, почте или id", "По номеру этого Telegram"]);
    const ways = stranger.last;

    await stranger.taps("По другому номеру, почте или id");
    await stranger.types("5");
    await stranger.types(codeIn(world));
    expect(who()).toBe("5");
    await stranger.types("/logout");
    await stranger.taps("По номеру этого Telegram", ways);

    expect(stranger.last.keyboard).toEqual({ askContact: "📱 Поделиться номером" });
  });

  it.each(["@@@", "меня зовут Вера", "vera@"])("asks again for a key where it is none: %s", async (typed) => {
    const { world, stranger, asks } = await codeWorld();

    await asks(typed);

    expect(stranger.last.text).toContain("Не получилось прочитать");
    expect(world.links.codes).toEqual([]);
  });

  it("leaves the other ways open where no code was typed", async () => {
    const { world, stranger, asks } = await codeWorld();
    await asks("5");

    await stranger.types("vera@site.test");

    expect(stranger.last.text).toContain("Код — это шесть цифр");
    expect(labels(stranger.last)).toEqual(["Отправить новый код", "Войти по-другому"]);
    await stranger.types(codeIn(world));
    expect(stranger.sees.at(-2)).toContain("Рад встрече, Вера!");
  });

  it("is for somebody who asked for too many codes to be had later, or in another way", async () => {
    const { world, stranger, asks, who } = await codeWorld();
    await asks("5");
    for (let time = 0; time < 4; time += 1) await stranger.taps("Отправить новый код");

    await stranger.taps("Отправить новый код");
    expect(stranger.last.text).toContain("Вы уже несколько раз просили код.");
    expect(labels(stranger.last)).toEqual(["По номеру этого Telegram"]);
    expect(world.links.texts).toHaveLength(5);
    await world.passes(HOUR);
    await asks("5");
    await stranger.types(codeIn(world));

    expect(who()).toBe("5");
  });
});
