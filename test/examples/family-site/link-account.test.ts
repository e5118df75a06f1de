import { describe, expect, it } from "vitest";
import { eveAt } from "./eve.ts";
import { EVE } from "./linking-bot.ts";
import { tab } from "./tab.ts";
import { askedOf } from "./visitor.ts";

const ANNA = 1707;
const ALEXANDER = 127;

describe("a PIN of somebody who is signed in", () => {
  it("says first whose account it will be, and whose PIN it must be", async () => {
    const { eve } = await eveAt({}, { as: ANNA });

    const { html, marks } = eve.shown();

    expect(html).toContain("Вы вошли как <strong>Анна Керн</strong>");
    expect(html).toContain("бот будет подключён к этому аккаунту");
    expect(html).toContain("который бот прислал <strong>вам</strong>");
    expect(marks).toContain("pin-as-guest");
  });

  it("links their account, names the Telegram account, and can be undone", async () => {
    const { world, bot, eve, enter } = await eveAt({}, { as: ANNA });

    const linked = await enter();

    expect(linked.html).toContain('data-outcome="linked"');
    expect(linked.html).toContain("Telegram «Ева» подключён к аккаунту Анна Керн");
    expect(linked.html).toContain('href="/orders/502"');
    expect(linked.marks).toContain("link-undo");
    const undone = await eve.send("/link/undo");
    expect(undone.html).toContain('data-outcome="undone"');
    expect(bot.person.userId).toBe(null);
    expect(askedOf(world)).toEqual([
      ["authorize", { ...EVE, userId: ANNA }],
      ["unlink", { userId: ANNA }],
    ]);
    expect(await eve.whoAmI()).toBe("Анна Керн");
  });

  it("undoes again after silence, and only for whom it was linked", async () => {
    const { world, bot, eve, enter } = await eveAt({}, { as: ANNA });
    await enter();
    bot.answers.push("cut");

    const silent = await eve.send("/link/undo");
    const form = eve.fieldsOf("/link/undo");
    await eve.signIn(ALEXANDER);
    const other = await eve.post("/link/undo", form);

    expect(silent.marks).toEqual(expect.arrayContaining(["link-silent", "link-undo"]));
    expect(other.marks).toContain("link-stale");
    expect((await eve.open("/link")).marks).not.toContain("link-undo");
    expect(eve.shown().main).not.toContain("Анна");
    expect(bot.person.userId).toBe(ANNA);
    await eve.signIn(ANNA);
    await eve.open("/link");
    expect((await eve.send("/link/undo")).html).toContain('data-outcome="undone"');
    expect(world.bot.calls.filter(({ path }) => path.endsWith("/unlink"))).toHaveLength(2);
  });

  it("is undone by nobody else at this browser, though they have seen a page of this link", async () => {
    const { bot, eve } = await eveAt({}, { as: ALEXANDER });
    const { stamp = "" } = eve.fieldsOf("/link/pin");
    await eve.signIn(ANNA);
    await eve.open("/link");
    await eve.send("/link/pin", { pin: EVE.pin });
    await eve.signIn(ALEXANDER);

    const answer = await eve.post("/link/undo", { stamp, turn: "1" });

    expect(answer.html).toContain('data-outcome="over"');
    expect(bot.person.userId).toBe(ANNA);
  });

  it("leads back to the site where it was linked before", async () => {
    const { enter } = await eveAt({ userId: ANNA }, { as: ANNA });

    const shown = await enter();

    expect(shown.html).toContain('data-outcome="already-linked"');
    expect(shown.html).toContain('href="/orders/502"');
  });

  it("may be entered as a guest instead: the session ends, and the PIN signs in whom the bot knows", async () => {
    const { world, eve, enter } = await eveAt({ userId: ALEXANDER }, { as: ANNA });

    const asGuest = await eve.send("/link/guest");

    expect(asGuest).toMatchObject({ path: "/link", status: 200 });
    expect(asGuest.marks).toContain("pin-form");
    expect(asGuest.marks).not.toContain("pin-as-guest");
    expect(await eve.whoAmI()).toBe("Гость");
    expect((await enter()).html).toContain("Здравствуйте, Александр!");
    expect(askedOf(world)).toEqual([["authorize", EVE]]);
  });

  it("is theirs no longer once an administrator has closed their account", async () => {
    const { world, eve } = await eveAt({}, { as: ANNA });
    const employee = tab(world);
    await employee.signIn(9);
    await employee.post(`/admin/users/${ANNA}/block`, { reason: "Так" });

    expect((await eve.send("/link/pin", { pin: EVE.pin })).marks).toContain("link-stale");
  });
});

describe("a Telegram account that another account has", () => {
  it("leaves the choice to the person, with both accounts named", async () => {
    const { bot, enter } = await eveAt({ userId: ALEXANDER }, { as: ANNA });

    const shown = await enter();

    expect(shown.marks).toEqual(expect.arrayContaining(["link-conflict", "link-relink", "link-keep"]));
    expect(shown.html).toContain("Telegram «Ева» подключён к аккаунту <strong>Александр Пушкин</strong>");
    expect(shown.html).toContain("вошли как <strong>Анна Керн</strong>");
    expect(bot.person.userId).toBe(ALEXANDER);
  });

  it("is linked anew where the person wants that", async () => {
    const { world, bot, eve, enter } = await eveAt({ userId: ALEXANDER }, { as: ANNA });
    await enter();

    const linked = await eve.send("/link/relink");

    expect(linked.html).toContain("Telegram «Ева» подключён к аккаунту Анна Керн");
    expect(bot.person.userId).toBe(ANNA);
    expect(askedOf(world).at(-1)).toEqual(["link", { buid: EVE.buid, userId: ANNA, relink: true }]);
  });

  it("stays where it is where the person wants that, and asks nothing more", async () => {
    const { world, bot, eve, enter } = await eveAt({ userId: ALEXANDER }, { as: ANNA });
    await enter();
    const relink = eve.fieldsOf("/link/relink");

    const kept = await eve.send("/link/keep");
    const late = await eve.post("/link/relink", relink);

    expect(kept.html).toContain('data-outcome="kept"');
    expect(kept.html).toContain("подключён аккаунт Александр Пушкин");
    expect(late.html).toContain('data-outcome="kept"');
    expect(bot.person.userId).toBe(ALEXANDER);
    expect(world.bot.calls).toHaveLength(1);
  });

  it("is linked to nobody whom the page did not name", async () => {
    const { bot, eve, enter } = await eveAt({ userId: ALEXANDER }, { as: ANNA });
    await enter();
    const relink = eve.fieldsOf("/link/relink");

    await eve.signIn(3);
    const stale = await eve.post("/link/relink", relink);
    await eve.signIn(ALEXANDER);
    const own = await eve.open("/link");
    await eve.post("/sign-out", { back: "/" });
    const guest = await eve.open("/link");

    expect(stale.marks).toContain("link-stale");
    expect(own.html).toContain('data-outcome="already-linked"');
    expect(guest.marks).toContain("link-none");
    expect(guest.main).not.toContain("Анна");
    expect(bot.person.userId).toBe(ALEXANDER);
  });

  it("takes the same choice again after silence", async () => {
    const { bot, eve, enter } = await eveAt({ userId: ALEXANDER }, { as: ANNA });
    await enter();
    bot.loseNextAnswer();

    const silent = await eve.send("/link/relink");
    const linked = await eve.send("/link/relink");

    expect(silent.marks).toEqual(expect.arrayContaining(["link-silent", "link-relink"]));
    expect(linked.html).toContain('data-outcome="linked"');
    expect(bot.person.userId).toBe(ANNA);
  });

  it("needs another PIN where the person thought for too long", async () => {
    const { bot, eve, enter } = await eveAt({ userId: ALEXANDER }, { as: ANNA });
    await enter();
    bot.person.isVerified = false;

    const late = await eve.send("/link/relink");
    Object.assign(bot.person, { pin: "739201", pinState: "good" });
    const again = await eve.send("/link/pin", { pin: "739201" });

    expect(late.marks).toEqual(expect.arrayContaining(["link-too-late", "to-bot", "pin-form"]));
    expect(again.marks).toContain("link-conflict");
    expect((await eve.send("/link/relink")).html).toContain('data-outcome="linked"');
  });
});
