import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askForLink, wrong } from "../world/links.ts";
import { until } from "../world/until.ts";
import {
  becomeOnSite,
  CALL,
  enterPin,
  type Linking,
  outcomeOn,
  startLinking,
  visitorOf,
} from "./linking-kit.ts";

let linking: Linking;
beforeAll(async () => {
  linking = await startLinking();
});
afterAll(() => linking?.close());

/** How often the site has asked the bot about a PIN. */
const asked = () => linking.world.siteLine.asked("POST", `${CALL}/authorize`);

describe("a link that comes to the wrong browser", () => {
  it("names who is signed in there, who leaves for the owner to sign in", async () => {
    const { url, pin } = await askForLink(await linking.relative(1707));
    const site = await linking.visitor("/", "Лев Пушкин");

    await site.goto(url.href);
    await site.getByText("Вы вошли как Лев Пушкин").waitFor();
    await site.getByTestId("pin-as-guest").click();
    await site.getByRole("heading", { name: "Вход через бота" }).waitFor();
    expect(await visitorOf(site)).toBe("Гость");
    await enterPin(site, pin);

    expect(await outcomeOn(site)).toBe("signed-in");
    expect(await visitorOf(site)).toBe("Анна Керн");
  });

  it("says nothing of its owner without the PIN, and keeps them from nothing", async () => {
    const { url, pin } = await askForLink(await linking.relative(1707));
    const forwarded = await linking.visitor(url);

    const seen = await forwarded.locator("main").textContent();
    await enterPin(forwarded, wrong(pin));
    await forwarded.getByTestId("pin-wrong").waitFor();
    const own = await linking.visitor(url);
    await enterPin(own, pin);

    expect(seen).not.toContain("Анна");
    expect(await outcomeOn(own)).toBe("signed-in");
    expect(await visitorOf(forwarded)).toBe("Гость");
  });
});

describe("two tabs of a browser", () => {
  it("with two links: the older one is told to be old, and its PIN is not spent", async () => {
    const [anna, lev] = [await linking.relative(1707), await linking.relative(2)];
    const [older, newer] = [await askForLink(anna), await askForLink(lev)];
    const tab = await linking.visitor(older.url);
    const other = await tab.context().newPage();
    await other.goto(newer.url.href);
    const before = asked();

    await enterPin(tab, older.pin);
    await tab.getByTestId("link-stale").waitFor();
    await linking.picture(tab, "stale");
    expect(asked()).toBe(before);
    await tab.getByTestId("link-again").click();
    await enterPin(tab, newer.pin);

    expect(await outcomeOn(tab)).toBe("signed-in");
    expect(await visitorOf(tab)).toBe("Лев Пушкин");
    const unspent = await linking.visitor(older.url);
    await enterPin(unspent, older.pin);
    expect(await outcomeOn(unspent)).toBe("signed-in");
  });

  it("in one of which somebody signs in: the other asks nothing in their name before they have seen it", async () => {
    const { url, pin } = await askForLink(await linking.stranger());
    const tab = await linking.visitor(url);
    const other = await tab.context().newPage();
    await other.goto(linking.world.site.url);
    await becomeOnSite(other, "Василий Пушкин");
    const before = asked();

    await enterPin(tab, pin);
    await tab.getByTestId("link-again").click();
    await tab.getByText("Вы вошли как Василий Пушкин").waitFor();

    expect(asked()).toBe(before);
    await enterPin(tab, pin);
    expect(await outcomeOn(tab)).toBe("linked");
  });
});

describe("after the PIN was right", () => {
  it("neither the back button nor a reload sends it again", async () => {
    const { url, pin } = await askForLink(await linking.relative(2));
    const site = await linking.visitor(url);
    await enterPin(site, pin);
    await outcomeOn(site);
    const before = asked();

    await site.reload();
    const reloaded = await outcomeOn(site);
    await site.goBack();
    const back = await outcomeOn(site);
    await site.goForward();

    expect([reloaded, back, await outcomeOn(site)]).toEqual(["signed-in", "signed-in", "signed-in"]);
    expect(asked()).toBe(before);
  });

  it("an impatient second click has not sent it again", async () => {
    const { url, pin } = await askForLink(await linking.relative(2));
    const site = await linking.visitor(url);
    const before = asked();
    linking.world.siteLine.disturb(`${CALL}/authorize`, { kind: "slow", ms: 1_000 });

    await site.getByTestId("pin").fill(pin);
    // The mouse alone: a click on a button waits until its page is there.
    const { x = 0, y = 0 } = (await site.getByTestId("pin-submit").boundingBox()) ?? {};
    await site.mouse.click(x + 9, y + 9);
    await until("the bot is asked", asked, (times) => times > before);
    await site.mouse.click(x + 9, y + 9);
    const outcome = await outcomeOn(site);
    linking.world.siteLine.well();

    expect(outcome).toBe("signed-in");
    expect(asked()).toBe(before + 1);
  });
});

describe("a bot that does not answer", () => {
  it.each(["cut", "cut-after"] as const)(
    "costs no attempt (%s): the same PIN is good again",
    async (kind) => {
      const { url, pin } = await askForLink(await linking.relative(6));
      const site = await linking.visitor(url);
      const { siteLine } = linking.world;
      siteLine.disturb(`${CALL}/authorize`, { kind });

      await enterPin(site, pin);
      await site.getByTestId("link-silent").waitFor();
      if (kind === "cut") await linking.picture(site, "silent");
      siteLine.well();
      await enterPin(site, pin);

      expect(await outcomeOn(site)).toBe("signed-in");
      expect(await visitorOf(site)).toBe("Ольга Павлищева");
    },
  );
});

describe("signing out on the phone", () => {
  it("ends the link and the PIN; who then asks for a new PIN needs the new link, too, and is told so", async () => {
    const alexander = await linking.relative(127);
    const phone = await linking.phone(alexander);
    const { url, pin } = await askForLink(alexander);
    const site = await linking.visitor(url);

    await phone.write("/logout");
    await phone.shows("больше не действуют").waitFor();
    await enterPin(site, pin);
    await site.getByTestId("pin-expired").waitFor();
    await linking.picture(site, "logged-out");
    await linking.picture(phone.page, "logged-out-phone");
    const fresh = await askForLink(alexander);
    await enterPin(site, fresh.pin);
    await site.getByTestId("pin-used").getByText("откройте новую ссылку").waitFor();
    await site.goto(fresh.url.href);
    await enterPin(site, fresh.pin);

    await site.getByTestId("register-form").waitFor();
    expect(await visitorOf(site)).toBe("Гость");
  });
});

it("nothing went wrong on any page", () => {
  expect(linking.troubles()).toEqual([]);
});
