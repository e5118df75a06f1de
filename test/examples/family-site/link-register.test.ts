import { describe, expect, it } from "vitest";
import { eveAt } from "./eve.ts";
import { EVE } from "./linking-bot.ts";
import { tab } from "./tab.ts";
import { askedOf } from "./visitor.ts";

const ANNA = 1707;
const ANNAS_PHONE = "+7 916 123-45-67";
const FORM = { name: "Ева", surname: "Адамова", phone: "8 (905) 111-22-33", email: "Eva@Example.org" };

describe("a right PIN of somebody whom no account is linked to", () => {
  it("asks for their data, with the name that the messenger knows", async () => {
    const { eve, enter } = await eveAt({ leadName: "Ева Адамова" });

    const shown = await enter();

    expect(shown.marks).toEqual(expect.arrayContaining(["register-form", "link-have-account"]));
    expect(eve.fieldsOf("/link/register")).toMatchObject({ name: "Ева", surname: "Адамова", phone: "" });
  });

  it("makes an account, signs in and links it", async () => {
    const { world, bot, eve, enter } = await eveAt();
    await enter();

    const done = await eve.send("/link/register", FORM);

    expect(done.html).toContain('data-outcome="linked"');
    const { body: user } = await world.api("/user?email=eva@example.org");
    expect(user).toMatchObject({ name: "Ева", surname: "Адамова", email: "eva@example.org", role: "user" });
    expect(askedOf(world).at(-1)).toEqual(["link", { buid: EVE.buid, userId: user.userId }]);
    expect(bot.person.userId).toBe(user.userId);
    expect(await eve.whoAmI()).toBe("Ева Адамова");
  });

  it.each([
    [{ phone: "12" }, "Телефон: номер не разобрать"],
    [{ phone: "", email: "" }, "Телефон: нужен телефон или почта"],
    [{ email: "нет" }, "Электронная почта: адрес не разобрать"],
    [{ name: " " }, "Имя: напишите хоть слово"],
  ])("says what is wrong with %o and keeps what was typed", async (wrong, problem) => {
    const { world, eve, enter } = await eveAt();
    await enter();

    const shown = await eve.send("/link/register", { ...FORM, surname: "<Адамова>", ...wrong });

    expect(shown.html).toContain(problem);
    expect(shown.html).toContain("&lt;Адамова&gt;");
    expect(await eve.whoAmI()).toBe("Гость");
    expect(world.bot.calls).toHaveLength(1);
  });

  it.each([
    [{ phone: ANNAS_PHONE }, "Такой телефон"],
    [{ email: "anna@example.org" }, "Такая почта"],
  ])("never signs in by data that somebody has here: %o", async (taken, words) => {
    const { bot, eve, enter } = await eveAt();
    await enter();

    const shown = await eve.send("/link/register", { ...FORM, ...taken });

    expect(shown.marks).toEqual(expect.arrayContaining(["link-account-exists", "register-form"]));
    expect(shown.html).toContain(words);
    expect(shown.main).not.toContain("Анна");
    expect(await eve.whoAmI()).toBe("Гость");
    expect(bot.person.userId).toBe(null);
  });

  it("links the account that they sign in to, once they say so", async () => {
    const { world, bot, eve, enter } = await eveAt();
    await enter();

    await eve.send("/link/register", { ...FORM, phone: ANNAS_PHONE });
    expect(eve.shown().html).toContain('href="/sign-in?back=/link/account"');
    const signIn = await eve.open("/sign-in?back=/link/account");
    expect(signIn.marks).toContain("sign-in-as");
    const asked = await eve.send("/actor", { userId: String(ANNA), back: "/link/account" });

    expect(asked.path).toBe("/link/account");
    expect(asked.marks).toEqual(expect.arrayContaining(["link-account", "link-connect", "pin-as-guest"]));
    expect(asked.main).toContain("Анна Керн");
    expect(asked.marks).not.toContain("link-account-exists");
    expect(bot.person.userId).toBe(null);
    const linked = await eve.send("/link/account");
    expect(linked.html).toContain("Telegram «Ева» подключён к аккаунту Анна Керн");
    expect(askedOf(world).at(-1)).toEqual(["link", { buid: EVE.buid, userId: ANNA }]);
  });

  it.each([
    ["linked-to-another", "link-taken"],
    ["user-blocked", "link-closed"],
    ["user-not-found", "link-no-account"],
    ["not-verified", "link-too-late"],
    ["something-new", "link-refused"],
  ])("says why the bot does not link: %s", async (errorCode, mark) => {
    const { bot, eve, enter } = await eveAt();
    await enter();
    await eve.signIn(ANNA);
    await eve.open("/link");
    bot.answers.push({ body: { success: false, errorCode, message: "Нельзя" } });

    const shown = await eve.send("/link/account");

    expect(shown.marks).toEqual(expect.arrayContaining([mark, "pin-form"]));
  });

  it("makes one account for a double click, and both answers are signed in", async () => {
    const { world, eve, enter } = await eveAt();
    await enter();
    const form = { ...eve.fieldsOf("/link/register"), ...FORM };

    const other = tab(world, { cookies: new Map(eve.jar.cookies), seen: [] });
    const both = await Promise.all([eve.post("/link/register", form), other.post("/link/register", form)]);

    expect(both.map(({ html }) => html.includes('data-outcome="linked"'))).toEqual([true, true]);
    expect([await eve.whoAmI(), await other.whoAmI()]).toEqual(["Ева Адамова", "Ева Адамова"]);
    expect(askedOf(world).map(([alias]) => alias)).toEqual(["authorize", "link"]);
  });
});

describe("a failure between the new account and its link", () => {
  it("leaves somebody who is signed in and can try again", async () => {
    const { bot, eve, enter } = await eveAt();
    await enter();
    bot.answers.push("cut");

    const silent = await eve.send("/link/register", FORM);

    expect(silent.marks).toEqual(expect.arrayContaining(["link-silent", "link-finish", "link-connect"]));
    expect(await eve.whoAmI()).toBe("Ева Адамова");
    expect((await eve.send("/link/account")).html).toContain('data-outcome="linked"');
    expect(bot.person.userId).not.toBe(null);
  });

  it("hurts nobody where only the bot's answer was lost", async () => {
    const { bot, eve, enter } = await eveAt();
    await enter();
    bot.loseNextAnswer();

    await eve.send("/link/register", FORM);
    const done = await eve.send("/link/account");

    expect(done.html).toContain('data-outcome="linked"');
  });

  it("signs nobody in who comes to this browser after they have signed out", async () => {
    const { bot, eve, enter } = await eveAt();
    await enter();
    bot.answers.push("cut");
    await eve.send("/link/register", FORM);
    await eve.open("/link");
    const form = eve.fieldsOf("/link/account");

    await eve.post("/sign-out", { back: "/" });
    const next = await eve.post("/link/account", form);

    expect(next.marks).toContain("link-none");
    expect(await eve.whoAmI()).toBe("Гость");
  });

  it("signs in again where the site's answer was lost with the session", async () => {
    const { world, bot, eve, enter } = await eveAt();
    await enter();
    const before = new Map(eve.jar.cookies);
    bot.answers.push("cut");
    await eve.send("/link/register", FORM);

    const later = tab(world, { cookies: before, seen: [] });
    const shown = await later.open("/link");

    expect(shown.marks).toContain("link-finish");
    expect(await later.whoAmI()).toBe("Гость");
    expect((await later.send("/link/account")).html).toContain('data-outcome="linked"');
    expect(await later.whoAmI()).toBe("Ева Адамова");
  });

  it("goes on with a new PIN where it was too late, and makes no second account", async () => {
    const { world, bot, eve, enter } = await eveAt();
    await enter();
    bot.answers.push("cut");
    await eve.send("/link/register", FORM);
    bot.person.isVerified = false;

    const late = await eve.send("/link/account");
    Object.assign(bot.person, { pin: "739201", pinState: "good" });
    const done = await eve.send("/link/pin", { pin: "739201" });

    expect(late.marks).toEqual(expect.arrayContaining(["link-too-late", "pin-form"]));
    expect(done.html).toContain('data-outcome="linked"');
    const { body: user } = await world.api("/user?email=eva@example.org");
    expect(askedOf(world).at(-1)).toEqual([
      "authorize",
      { buid: EVE.buid, pin: "739201", userId: user.userId },
    ]);
  });

  it("links nothing once an administrator has closed the new account", async () => {
    const { world, bot, eve, enter } = await eveAt();
    await enter();
    bot.answers.push("cut");
    await eve.send("/link/register", FORM);
    const { body: user } = await world.api("/user?email=eva@example.org");
    const employee = tab(world);
    await employee.signIn(9);
    await employee.post(`/admin/users/${user.userId}/block`, { reason: "Так" });

    await eve.open("/link");
    const closed = await eve.send("/link/account");

    expect(closed.marks).toEqual(expect.arrayContaining(["link-closed", "link-finish"]));
    expect(await eve.whoAmI()).toBe("Гость");
    expect(askedOf(world).filter(([alias]) => alias === "link")).toHaveLength(1);
    expect(bot.person.userId).toBe(null);
  });

  it("belongs to the new account alone: somebody else who signs in is asked first", async () => {
    const { bot, eve, enter } = await eveAt();
    await enter();
    bot.answers.push("cut");
    await eve.send("/link/register", FORM);
    const finish = eve.fieldsOf("/link/account");

    await eve.signIn(ANNA);

    expect((await eve.post("/link/account", finish)).marks).toContain("link-stale");
    expect((await eve.open("/link")).marks).toContain("link-account");
    expect(bot.person.userId).toBe(null);
  });
});
