import { expect, it } from "vitest";
import { BUID, eachSite, PIN, WHO } from "../docs/each-site.ts";
import { API_TOKEN } from "../docs/small-site.ts";
import { SmallVisitor } from "../docs/small-visitor.ts";

const OTHER_BUID = "0123456789abcDEF";

eachSite((trial) => {
  it("takes the BUID out of any address, and shows the PIN page there where it is in none", async () => {
    const { visitor } = trial();
    const { path, html, headers } = await visitor.open(`/orders?buid=${BUID}`);

    expect(path).toBe("/link");
    expect(html).toContain('name="pin"');
    expect(html).not.toContain(BUID);
    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(headers.get("Referrer-Policy")).toBe("same-origin");
    expect(headers.get("Content-Security-Policy")).toBe("frame-ancestors 'none'");
  });

  it("keeps its session in a cookie that no script reads and no other site sends", async () => {
    const { url } = trial();
    const answer = await fetch(`${url}/?buid=${BUID}`, { redirect: "manual" });

    expect(answer.headers.getSetCookie().join()).toMatch(/^session=[\w-]{20,};.*HttpOnly.*SameSite=Lax/i);
  });

  it("forgets what is no BUID", async () => {
    const { visitor } = trial();
    const { path } = await visitor.open("/?buid=../../etc");

    expect(path).toBe("/");
    expect((await visitor.open("/link")).html).toContain("https://t.me/small_bot?start=site");
  });

  it("signs in whom the bot knows, under a new session", async () => {
    const one = trial();
    const { bot, visitor, url } = one;
    await visitor.open(`/?buid=${BUID}`);
    const before = visitor.cookie;

    await one.signsIn();

    expect(bot.asked).toEqual([
      {
        alias: "authorize",
        params: { buid: BUID, pin: PIN },
        key: expect.stringMatching(/^[0-9a-f]{64}$/),
        authorization: `Bearer ${API_TOKEN}`,
      },
    ]);
    expect(visitor.seen.html).toContain("signed in as <b>Александр</b>");
    expect(visitor.cookie).not.toBe(before);
    const stolen = new SmallVisitor(url);
    stolen.cookie = before;
    expect((await stolen.open("/")).html).not.toContain("Александр");
  });

  it.each([
    ["pin-wrong", "Attempts left: 3"],
    ["pin-expired", "too old"],
    ["pin-used", "used already"],
    ["pin-burnt", "mistyped too often"],
    ["user-blocked", "closed"],
    [422, "six digits"],
    ["what-is-to-come", "Get a new PIN"],
  ])("says what %s means, and takes another PIN", async (errorCode, words) => {
    const one = trial();

    const { html } = await one.entersPin({ success: false, errorCode, message: "…", attemptsLeft: 3 });

    expect(html).toContain(words);
    expect(html).toContain('name="pin"');
  });

  it.each([
    ["is cut off", "cut", "silent"],
    ["fails", 500, "silent"],
    ["is busy with it", { success: false, errorCode: 409 }, "silent"],
    ["can't ask the site", { success: false, errorCode: "system-unavailable" }, "silent"],
    ["can't reach the chat", { success: false, errorCode: "conversation-unreached" }, "silent"],
    ["says to wait", 429, "hour"],
  ] as const)("asks under the same key again where the bot %s", async (_, told, words) => {
    const { bot, visitor } = trial();
    await visitor.open(`/?buid=${BUID}`);
    bot.tells("authorize", told);
    expect((await visitor.send("/link/pin", { pin: PIN })).html).toContain(words);

    bot.tells("authorize", { success: false, errorCode: "pin-wrong", attemptsLeft: 4 });
    await visitor.send("/link/pin", { pin: PIN });
    bot.tells("authorize", { success: false, errorCode: "pin-wrong", attemptsLeft: 3 });
    await visitor.send("/link/pin", { pin: PIN });

    const [first, second, third] = bot.asked.map(({ key }) => key);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it("does nothing for a form of another tab, of another link, or as somebody else", async () => {
    const { bot, visitor } = trial();
    await visitor.open(`/?buid=${BUID}`);
    const old = visitor.hidden();

    await visitor.open(`/?buid=${OTHER_BUID}`);
    const { html } = await visitor.send("/link/pin", { ...old, pin: PIN });
    const other = trial();
    await other.signsIn();
    await other.visitor.open(`/?buid=${BUID}`);
    const asNobody = (other.visitor.hidden().stamp ?? "").replace("/127", "/0");
    await other.visitor.send("/link/pin", { stamp: asNobody, pin: PIN });

    expect(html).toContain('name="pin"');
    expect(bot.asked).toHaveLength(1);
  });

  it("refuses a form of another site", async () => {
    const { bot, visitor } = trial();
    await visitor.open(`/?buid=${BUID}`);

    const { status } = await visitor.post(
      "/link/pin",
      { ...visitor.hidden(), pin: PIN },
      "https://evil.example",
    );

    expect(status).toBe(403);
    expect(bot.asked).toEqual([]);
  });

  it("signs nobody in to an account that it does not have", async () => {
    const one = trial();
    const { visitor } = one;
    const { html } = await one.entersPin({ success: true, status: "linked", userId: 404, ...WHO });

    expect(html).toContain("closed");
    expect((await visitor.open("/")).html).not.toContain("signed in");
  });
});
