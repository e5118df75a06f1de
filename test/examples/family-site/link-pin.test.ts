import { describe, expect, it } from "vitest";
import { eveAt } from "./eve.ts";
import { EVE, linkingBot } from "./linking-bot.ts";
import { tab } from "./tab.ts";
import { askedOf } from "./visitor.ts";
import { startWorld } from "./world.ts";

const MINUTE = 60_000;

describe("the bot's link to the site", () => {
  it("leads from any page to the PIN, and takes the BUID out of the address", async () => {
    const { eve } = await eveAt();

    expect(eve.shown()).toMatchObject({ status: 200, path: "/link" });
    expect(eve.shown().marks).toEqual(expect.arrayContaining(["pin-form", "pin", "pin-submit"]));
    expect(eve.shown().html).not.toContain(EVE.buid);
    expect(eve.jar.cookies.get("pending-link")).toMatchObject({ path: "/link" });
    expect(eve.shown().headers.get("cache-control")).toBe("no-store");
    expect(eve.shown().headers.get("referrer-policy")).toBe("same-origin");
  });

  it.each(["", "short", "ZRvJxYsn6Vr2sQV!", `${EVE.buid}x`, `${EVE.buid}&buid=${EVE.buid}`])(
    "takes out what is no BUID and shows the page: %s",
    async (buid) => {
      const { eve } = await eveAt();
      eve.jar.cookies.clear();

      const shown = await eve.open(`/posts/1?x=1&buid=${buid}&token=secret`);

      expect(shown).toMatchObject({ status: 200, path: "/posts/1?x=1" });
      expect(eve.jar.cookies.has("pending-link")).toBe(false);
    },
  );

  it("never leads to another site afterwards", async () => {
    const { eve, enter } = await eveAt({ userId: 1707 });

    await eve.open(`//evil.example/?buid=${EVE.buid}`);
    const done = await enter();

    expect(done.html).toContain('href="/" data-testid="link-back"');
  });

  it("says how to get a link to who comes without one, or too late", async () => {
    const { world, eve, enter } = await eveAt();

    expect((await tab(world).open("/link")).marks).toContain("link-none");
    world.clock.pass(20 * MINUTE);
    expect((await enter()).marks).toContain("link-none");
    expect((await eve.open("/link")).marks).toContain("link-none");
    expect(eve.shown().html).toContain("?start=site");
    expect(world.bot.calls).toEqual([]);
  });

  it("keeps the cookie to secure connections where the site has them", async () => {
    const world = await startWorld({ fakeBot: await linkingBot(), publicUrl: "https://family.example" });

    const answer = await fetch(`${world.site.url}/?buid=${EVE.buid}`, { redirect: "manual" });

    expect(answer.headers.get("set-cookie")).toMatch(/HttpOnly; Secure; SameSite=Lax$/);
  });
});

describe("the PIN", () => {
  it("is asked of the bot with the BUID, and signs in whom the bot knows", async () => {
    const { world, eve, enter } = await eveAt({ userId: 1707 });

    const done = await enter("482 915");

    expect(askedOf(world)).toEqual([["authorize", EVE]]);
    expect(done).toMatchObject({ status: 200, path: "/link" });
    expect(done.html).toContain('data-outcome="signed-in"');
    expect(done.html).toContain("Здравствуйте, Анна!");
    expect(done.html).toContain('href="/orders/502"');
    expect(await eve.whoAmI()).toBe("Анна Керн");
  });

  it.each(["abcdef", "12345", "1234567", "", "٤٨٢٩١٥"])("is not asked where it is none: %s", async (pin) => {
    const { world, enter } = await eveAt();

    const shown = await enter(pin);

    expect(shown.marks).toEqual(expect.arrayContaining(["problem", "pin-form"]));
    expect(world.bot.calls).toEqual([]);
  });

  it("says how many attempts are left, and goes on once it is right", async () => {
    const { enter } = await eveAt({ userId: 1707 });

    const wrong = await enter("000000");

    expect(wrong).toMatchObject({ status: 200, path: "/link" });
    expect(wrong.marks).toContain("pin-wrong");
    expect(wrong.html).toContain("осталось 4 попытки");
    expect(wrong.html).not.toContain("000000");
    expect((await enter()).html).toContain('data-outcome="signed-in"');
  });

  it("is burnt by five wrong ones; the bot's new one is good on the same page", async () => {
    const { bot, enter } = await eveAt({ userId: 1707 });
    for (const pin of ["111111", "222222", "333333", "444444"])
      expect((await enter(pin)).marks).toContain("pin-wrong");

    const burnt = await enter("555555");

    expect(burnt.marks).toEqual(expect.arrayContaining(["pin-burnt", "to-bot", "pin-form"]));
    expect((await enter()).marks).toContain("pin-burnt");
    Object.assign(bot.person, { pin: "739201", pinState: "good", attemptsLeft: 5 });
    expect((await enter("739201")).html).toContain('data-outcome="signed-in"');
  });

  it.each([
    ["expired", "pin-expired"],
    ["used", "pin-used"],
  ] as const)("says that it is %s, and where a new one comes from", async (pinState, mark) => {
    const { enter } = await eveAt({ pinState });

    const shown = await enter();

    expect(shown.marks).toEqual(expect.arrayContaining([mark, "to-bot", "pin-form"]));
    expect(shown.html).toContain("?start=site");
  });

  it.each([{ userId: 10 }, { userId: 9999 }])("never signs in as who may not enter: %o", async (known) => {
    const { eve, enter } = await eveAt(known);

    const shown = await enter();

    expect(shown.marks).toEqual(expect.arrayContaining(["link-closed", "pin-form"]));
    expect(await eve.whoAmI()).toBe("Гость");
  });

  it("is asked once for a double click, and both answers sign in", async () => {
    const { world, eve } = await eveAt({ userId: 1707 });
    const form = { ...eve.fieldsOf("/link/pin"), pin: EVE.pin };
    const before = new Map(eve.jar.cookies);

    const other = tab(world, { cookies: new Map(before), seen: [] });
    const both = await Promise.all([eve.post("/link/pin", form), other.post("/link/pin", form)]);

    expect(both.map(({ html }) => html.includes('data-outcome="signed-in"'))).toEqual([true, true]);
    expect([await eve.whoAmI(), await other.whoAmI()]).toEqual(["Анна Керн", "Анна Керн"]);
    expect(world.bot.calls).toHaveLength(1);
  });

  it("spends no attempt on a wrong one that is sent twice", async () => {
    const { bot, eve } = await eveAt();
    const form = { ...eve.fieldsOf("/link/pin"), pin: "000000" };

    const [first, again] = [await eve.post("/link/pin", form), await eve.post("/link/pin", form)];

    expect([first.marks, again.marks]).toEqual([
      expect.arrayContaining(["pin-wrong"]),
      expect.arrayContaining(["pin-wrong"]),
    ]);
    expect(bot.person.attemptsLeft).toBe(4);
  });

  it("is over after success: back shows that, and sends nothing", async () => {
    const { world, eve } = await eveAt({ userId: 1707 });
    const form = { ...eve.fieldsOf("/link/pin"), pin: "111111" };
    await eve.send("/link/pin", { pin: EVE.pin });

    const back = await eve.open("/link");
    const resent = await eve.post("/link/pin", form);

    expect(back.html).toContain('data-outcome="signed-in"');
    expect(resent.marks).toContain("link-stale");
    await eve.post("/sign-out", { back: "/" });
    const stranger = await eve.open("/link");
    expect(stranger.marks).toContain("link-none");
    expect(stranger.main).not.toContain("Анна");
    expect((await eve.post("/link/pin", form)).marks).toContain("link-none");
    expect(await eve.whoAmI()).toBe("Гость");
    expect(world.bot.calls).toHaveLength(1);
  });

  it("may be sent again as it is after silence, whether or not the bot had acted", async () => {
    const { world, bot, eve, enter } = await eveAt({ userId: 1707 });
    bot.answers.push("cut");

    const silent = await enter();
    bot.loseNextAnswer();
    const lost = await enter();
    const reopened = await eve.open("/link");
    const done = await eve.send("/link/pin", { pin: EVE.pin });

    for (const { marks } of [silent, lost, reopened])
      expect(marks).toEqual(expect.arrayContaining(["link-silent", "pin-form"]));
    expect(eve.jar.seen.join()).not.toContain(EVE.pin);
    expect(done.html).toContain('data-outcome="signed-in"');
    expect(new Set(world.bot.calls.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
  });

  it("waits where the bot asks to", async () => {
    const { bot, enter } = await eveAt();
    bot.answers.push({ status: 429, headers: { "Retry-After": "300" }, body: {} });

    const busy = await enter();

    expect(busy.marks).toContain("link-busy");
    expect(busy.html).toContain("после 12:05");
  });

  it("is limited to ten for one link", async () => {
    const { world, bot, enter } = await eveAt();
    for (let at = 0; at < 10; at++) {
      bot.answers.push("cut");
      await enter(`10000${at}`);
    }

    const limited = await enter("200000");

    expect(limited.marks).toEqual(expect.arrayContaining(["link-limit", "to-bot"]));
    expect(world.bot.calls).toHaveLength(10);
  });

  it("is limited to thirty in a quarter of an hour from one address, and says until when", async () => {
    const { world, bot, eve, enter } = await eveAt();
    const tooMany = { body: { success: false, errorCode: "pin-wrong", attemptsLeft: 4 } };
    for (let at = 0; at < 30; at++) {
      if (at % 10 === 0) await eve.open(`/?buid=${EVE.buid}`);
      bot.answers.push(tooMany);
      await enter(String(100_000 + at));
    }
    await eve.open(`/?buid=${EVE.buid}`);

    const limited = await enter("300000");

    expect(limited.marks).toContain("link-limit");
    expect(limited.html).toContain("после 12:15");
    expect(world.bot.calls).toHaveLength(30);
    world.clock.pass(15 * MINUTE);
    bot.answers.push(tooMany);
    expect((await enter("300001")).marks).toContain("pin-wrong");
  });
});
