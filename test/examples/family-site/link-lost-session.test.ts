import { describe, expect, it } from "vitest";
import { eveAt } from "./eve.ts";
import { EVE } from "./linking-bot.ts";
import { type Jar, tab } from "./tab.ts";

const ANNA = 1707;
const MINUTE = 60_000;

/** Eve after a right PIN, the form that she sent, and browsers that know what hers knew before the answer. */
async function eveSignedIn() {
  const at = await eveAt({ userId: ANNA });
  const form = { ...at.eve.fieldsOf("/link/pin"), pin: EVE.pin };
  const before = new Map(at.eve.jar.cookies);
  await at.eve.post("/link/pin", form);
  const again = async (cookies: Jar["cookies"] = new Map(before)) => {
    const browser = tab(at.world, { cookies, seen: [] });
    await browser.post("/link/pin", form);
    return browser.whoAmI();
  };
  return { ...at, form, before, again };
}

describe("a form whose answer was lost", () => {
  it("brings the session back within a minute, once, and asks the bot nothing for that", async () => {
    const { world, again } = await eveSignedIn();
    world.clock.pass(MINUTE - 1);

    const [first, second] = [await again(), await again()];

    expect([first, second]).toEqual(["Анна Керн", "Гость"]);
    expect(world.bot.calls).toHaveLength(1);
  });

  it("brings none back after a minute", async () => {
    const { world, again } = await eveSignedIn();

    world.clock.pass(MINUTE);

    expect(await again()).toBe("Гость");
  });

  it("brings none back once they have signed out, whatever the browser has kept", async () => {
    const { eve, again } = await eveSignedIn();

    await eve.post("/sign-out", { back: "/" });

    expect(await again()).toBe("Гость");
  });

  it("brings none back once they have chosen to be a guest among the people", async () => {
    const { eve, again } = await eveSignedIn();

    await eve.post("/actor", { userId: "", back: "/" });

    expect(await again()).toBe("Гость");
  });

  it("brings none back while the account is closed, nor when it is opened again", async () => {
    const { world, again, before } = await eveSignedIn();
    const employee = tab(world);
    await employee.signIn(9);
    await employee.post(`/admin/users/${ANNA}/block`, { reason: "Так" });
    const kept = new Map(before);

    await again(kept);
    await employee.post(`/admin/users/${ANNA}/unblock`, {});

    expect(await tab(world, { cookies: kept, seen: [] }).whoAmI()).toBe("Гость");
  });
});

describe("leaving for a guest on the page of a link", () => {
  it("forgets a link of theirs that has come to their account before", async () => {
    const { eve, again } = await eveSignedIn();
    await eve.open(`/?buid=${EVE.buid}`);

    await eve.send("/link/guest");

    expect(await again()).toBe("Гость");
    expect((await eve.open("/link")).marks).toContain("pin-form");
  });

  it("forgets a link that an account was made for: the next one here is not signed in to it", async () => {
    const { world, bot, eve, enter } = await eveAt();
    await enter();
    bot.answers.push("cut");
    await eve.send("/link/register", { name: "Ева", surname: "Адамова", email: "eva@example.org" });
    await eve.signIn(ANNA);
    expect((await eve.open("/link")).marks).toContain("link-account");

    const left = await eve.send("/link/guest");

    expect(left.marks).toContain("link-none");
    expect(await eve.whoAmI()).toBe("Гость");
    expect(world.bot.calls.filter(({ path }) => path.endsWith("/link"))).toHaveLength(1);
  });
});
