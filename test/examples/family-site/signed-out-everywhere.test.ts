import { describe, expect, it } from "vitest";
import { eveAt } from "./eve.ts";
import { EVE } from "./linking-bot.ts";
import { tab } from "./tab.ts";
import { startWorld } from "./world.ts";

const ANNA = 1707;
const ALEXANDER = 127;

describe("somebody who got in with another one's link and PIN", () => {
  it("is out once the person has left the bot in their last chat", async () => {
    const { world, eve, enter } = await eveAt({ userId: ANNA });
    await enter();
    const other = tab(world);
    await other.signIn(ALEXANDER);
    expect(await eve.whoAmI()).toBe("Анна Керн");

    await world.api("/user/disconnect-bot", { userId: ANNA });

    expect(await eve.whoAmI()).toBe("Гость");
    expect(await other.whoAmI()).toBe("Александр Пушкин");
  });

  it("gets in no more by sending the form of then again", async () => {
    const { world, eve } = await eveAt({ userId: ANNA });
    const form = { ...eve.fieldsOf("/link/pin"), pin: EVE.pin };
    await eve.post("/link/pin", form);

    await world.api("/user/disconnect-bot", { userId: ANNA });
    const again = await eve.post("/link/pin", form);

    expect(again.marks).toContain("link-none");
    expect(await eve.whoAmI()).toBe("Гость");
  });

  it("is out once the person disconnects Telegram on the site, who stays signed in under a fresh id", async () => {
    const { world, eve, enter } = await eveAt({ userId: ANNA });
    await enter();
    await world.api("/user/connect-bot", { userId: ANNA });
    const anna = tab(world);
    await anna.signIn(ANNA);
    const old = anna.jar.cookies.get("session")?.value;

    await anna.post("/profile/bot", { bot: "off" });

    expect(await eve.whoAmI()).toBe("Гость");
    expect(await anna.whoAmI()).toBe("Анна Керн");
    expect(anna.jar.cookies.get("session")?.value).not.toBe(old);
    const thief = tab(world, { cookies: new Map([["session", { value: old ?? "", path: "/" }]]), seen: [] });
    expect(await thief.whoAmI()).toBe("Гость");
  });

  it("is out on the site though the bot had never told of them", async () => {
    const world = await startWorld();
    const [intruder, anna] = [tab(world), tab(world)];
    await intruder.signIn(ANNA);
    await anna.signIn(ANNA);

    await anna.post("/profile/bot", { bot: "off" });

    expect(await intruder.whoAmI()).toBe("Гость");
    expect(await anna.whoAmI()).toBe("Анна Керн");
  });

  it("is out once the person takes back a link on the page of the PIN", async () => {
    const { world, eve, enter } = await eveAt({}, { as: ANNA });
    const intruder = tab(world);
    await intruder.signIn(ANNA);
    await enter();
    const old = eve.jar.cookies.get("session")?.value;

    const undone = await eve.send("/link/undo");

    expect(undone.html).toContain('data-outcome="undone"');
    expect(await intruder.whoAmI()).toBe("Гость");
    expect(await eve.whoAmI()).toBe("Анна Керн");
    expect(eve.jar.cookies.get("session")?.value).not.toBe(old);
  });

  it("is not let in anew where the person has signed out while the undoing was under way", async () => {
    const { bot, eve, enter } = await eveAt({}, { as: ANNA });
    await enter();
    bot.duringNextCall(() => eve.another().post("/sign-out", { back: "/" }));

    await eve.send("/link/undo");

    expect(bot.person.userId).toBe(null);
    expect(await eve.whoAmI()).toBe("Гость");
  });

  it("stays where the bot could not be told of the undoing", async () => {
    const { world, bot, eve, enter } = await eveAt({}, { as: ANNA });
    const elsewhere = tab(world);
    await elsewhere.signIn(ANNA);
    await enter();
    bot.answers.push("cut");

    expect((await eve.send("/link/undo")).marks).toContain("link-silent");
    expect(await elsewhere.whoAmI()).toBe("Анна Керн");
  });
});
