import { expect, it } from "vitest";
import { BUID, eachSite, PIN, WHO } from "../docs/each-site.ts";

eachSite((trial) => {
  it("registers whom nobody knows, and links them", async () => {
    const one = trial();
    const { bot, visitor, email } = one;
    await one.entersPin({ success: true, status: "not-linked", ...WHO });
    bot.tells("link", { success: true, status: "linked", ...WHO });

    const { html } = await visitor.send("/link/register", { name: "Ева", email });

    expect(html).toContain("signed in as <b>Ева</b>");
    expect(html).toContain("Done");
    const user = (await (await one.asksSite(`/api/user?email=${email}`)).json()) as { userId: number };
    expect(bot.asked.at(-1)).toMatchObject({
      alias: "link",
      params: { buid: BUID, userId: user.userId, relink: false },
    });
  });

  it("signs nobody in by an e-mail that they typed", async () => {
    const one = trial();
    const { bot, visitor } = one;
    await one.entersPin({ success: true, status: "not-linked", ...WHO });

    const { html } = await visitor.send("/link/register", { name: "Ева", email: "address@domain.ru" });

    expect(html).toContain("There is an account with this e-mail");
    expect(html).not.toContain("signed in as");
    expect(bot.asked).toHaveLength(1);
  });

  it("goes on with an account that was made before the bot fell silent", async () => {
    const one = trial();
    const { bot, visitor, email } = one;
    await one.entersPin({ success: true, status: "not-linked", ...WHO });
    bot.tells("link", "cut");
    const { html } = await visitor.send("/link/register", { name: "Анна", email });
    expect(html).toContain("silent");
    expect(html).toContain("signed in as <b>Анна</b>");

    bot.tells("link", { success: true, status: "linked", ...WHO });
    const after = await visitor.send("/link/connect");

    expect(after.html).toContain("Done");
    const [first, second] = bot.asked.slice(-2);
    expect(second).toEqual(first);
  });

  it("asks for another PIN where the time to link is over", async () => {
    const one = trial();
    const { bot, visitor, email } = one;
    await one.entersPin({ success: true, status: "not-linked", ...WHO });
    bot.tells("link", { success: false, errorCode: "not-verified", message: "…" });

    const { html } = await visitor.send("/link/register", { name: "Ева", email });

    expect(html).toContain("took too long");
    expect(html).toContain('name="pin"');
  });

  it.each([
    ["linked", {}],
    ["already-linked", {}],
  ])("tells who is signed in that it is done: %s", async (status, more) => {
    const one = trial();
    const { bot } = one;
    await one.signsIn();

    const { html } = await one.entersPin({ success: true, status, userId: 127, ...WHO, ...more });

    expect(html).toContain("Done");
    expect(bot.asked.at(-1)?.params).toEqual({ buid: BUID, pin: PIN, userId: 127 });
  });

  it("has the person choose where another account is linked", async () => {
    const one = trial();
    const { bot, visitor } = one;
    await one.signsIn();
    const { html } = await one.entersPin({ success: true, status: "conflict", linkedUserId: 5, ...WHO });
    expect(html).toContain("another account");
    bot.tells("link", { success: true, status: "linked", ...WHO });

    const after = await visitor.send("/link/relink");

    expect(after.html).toContain("Done");
    expect(bot.asked.at(-1)).toMatchObject({
      alias: "link",
      params: { buid: BUID, userId: 127, relink: true },
    });
  });
});
