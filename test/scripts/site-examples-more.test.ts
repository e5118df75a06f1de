import { expect, it } from "vitest";
import { eachSite, WHO } from "../docs/each-site.ts";

const TOKEN = "0123456789abcdefghijklmnopqrstuv";

eachSite((trial) => {
  it("shows the link to the bot, and notices by itself when the bot has connected", async () => {
    const one = trial();
    const { bot, visitor } = one;
    await one.signsIn();
    bot.tells("link/start", {
      success: true,
      url: "https://t.me/small_bot?start=abc",
      expiresAt: "2030-01-01T00:00:00Z",
    });
    const { html } = await visitor.send("/telegram");
    expect(html).toContain('http-equiv="refresh"');
    expect(html).toContain("https://t.me/small_bot?start=abc");
    expect(bot.asked.at(-1)).toMatchObject({ alias: "link/start", params: { userId: 127 } });

    expect((await one.asksSite("/api/user/connect-bot", { userId: 127 }, "not-the-token")).status).toBe(401);
    expect((await visitor.open("/telegram")).html).not.toContain("connected");
    expect((await one.asksSite("/api/user/connect-bot", { userId: "127" })).status).toBe(200);
    expect((await visitor.open("/telegram")).html).toContain("Telegram is connected");

    expect((await one.asksSite("/api/user/disconnect-bot", { userId: 127 })).status).toBe(200);
    expect((await visitor.open("/telegram")).html).not.toContain("connected");
  });

  it("unlinks, and says so where the bot is silent", async () => {
    const one = trial();
    const { bot, visitor } = one;
    await one.signsIn();
    await one.asksSite("/api/user/connect-bot", { userId: 127 });
    bot.tells("unlink", "cut");
    expect((await visitor.send("/telegram/off")).html).toContain("silent");
    expect((await visitor.open("/telegram")).html).toContain("Telegram is connected");

    bot.tells("unlink", { success: true });
    await visitor.send("/telegram/off");

    expect(bot.asked.at(-1)).toMatchObject({ alias: "unlink", params: { userId: 127 } });
    expect((await visitor.open("/telegram")).html).not.toContain("connected");
  });

  it("takes a form without a PIN from whom the token names, with the token in no address", async () => {
    const { bot, visitor } = trial();
    const whose = { success: true, userId: null, ...WHO, path: "form" };
    bot.tells("identify", whose);
    const { path, html } = await visitor.open(`/form?token=${TOKEN}`);
    bot.tells("identify", whose);

    const after = await visitor.send("/form", { guests: "3" });

    expect(path).toBe("/form");
    expect(html).toMatch(/Ева &(lt|#60);3/);
    expect(after.html).toContain("Thank you");
    expect(bot.asked.map(({ params }) => params)).toEqual([{ token: TOKEN }, { token: TOKEN }]);
    expect((await visitor.open("/")).html).not.toContain("signed in");
  });

  it.each([
    ["made for another page", { success: true, userId: 127, ...WHO, path: "orders" }],
    ["no longer good", { success: false, errorCode: "link-expired", message: "…" }],
  ])("opens no form for a token that is %s", async (_, answer) => {
    const { bot, visitor } = trial();
    bot.tells("identify", answer);
    expect((await visitor.open(`/form?token=${TOKEN}`)).html).toContain("no longer good");

    bot.tells("identify", answer);
    const { html } = await visitor.post("/form", { token: TOKEN, guests: "3" });
    expect(html).toContain("no longer good");
  });

  it("lets Telegram alone frame the page that opens in it", async () => {
    const { visitor } = trial();
    const { html, headers } = await visitor.open("/app");

    expect(headers.get("Content-Security-Policy")).toBe(
      "frame-ancestors https://web.telegram.org https://t.me",
    );
    expect(html).toContain("tgWebAppData");
  });

  it.each([
    [{ success: true, userId: 127, ...WHO }, "Hello, Александр!"],
    [{ success: true, userId: null, ...WHO }, "/site"],
    [{ success: false, errorCode: "lead-not-found" }, "Write to the bot"],
    [{ success: false, errorCode: "init-data-invalid" }, "Open this page anew"],
  ])("greets inside Telegram by what the bot says: %o", async (answer, words) => {
    const { bot, visitor } = trial();
    bot.tells("miniapp/identify", answer);

    const { html } = await visitor.post("/app/me", { initData: "user=…" });

    expect(html).toContain(words);
    expect(bot.asked.at(-1)).toMatchObject({ alias: "miniapp/identify", params: { initData: "user=…" } });
    expect((await visitor.open("/")).html).not.toContain("signed in");
  });

  it("tells the bot who a user is, and of nobody that there is none", async () => {
    const one = trial();
    const known = await one.asksSite("/api/user?userId=127");

    expect(await known.json()).toMatchObject({
      userId: 127,
      name: "Александр",
      role: "user",
      isActive: true,
    });
    expect((await one.asksSite("/api/user?email=nobody@example.org")).status).toBe(404);
    expect((await one.asksSite("/api/user?userId=127", undefined, "guess")).status).toBe(401);
  });
});
