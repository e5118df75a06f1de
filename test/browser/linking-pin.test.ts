import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askForLink, pinIn, wrong } from "../world/links.ts";
import { CALL, enterPin, type Linking, outcomeOn, startLinking, visitorOf } from "./linking-kit.ts";
import { pictureOfPage, pictureOfPhone } from "./pictures.ts";

let linking: Linking;
beforeAll(async () => {
  linking = await startLinking();
});
afterAll(() => linking?.close());

describe("from the bot to the site", () => {
  it("one comes by a tap on the button, and enters the PIN that a tap has copied", async () => {
    const phone = await linking.phone(await linking.relative(127));
    const context = phone.page.context();
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);

    await phone.tap("Открыть сайт", "Меню");
    await phone.shows("Ваш PIN").locator("code").click();
    await phone.element.getByTestId("toast").getByText("Copied").waitFor();
    const [site] = await Promise.all([
      context.waitForEvent("page"),
      phone.tap("Открыть сайт", "Вот ваша личная ссылка"),
    ]);
    await site.getByTestId("pin").press("Control+V");
    await linking.picture(phone.page, "pin-phone");
    await linking.picture(site, "pin-page");
    await linking.documented("linking-pin", await pictureOfPhone(phone), await pictureOfPage(site));
    await site.getByTestId("pin-submit").click();

    expect(await outcomeOn(site)).toBe("signed-in");
    expect(await visitorOf(site)).toBe("Александр Пушкин");
    await phone.shows("Вы вошли на сайт через бота").waitFor();
    await linking.picture(site, "signed-in");
    await linking.picture(phone.page, "signed-in-phone");
  });

  it("one gets to the page that the link was for, and the address keeps nothing secret", async () => {
    const { url, buid, pin } = await askForLink(await linking.relative(127));
    url.pathname = "/orders/504";

    const site = await linking.visitor(url);
    const atPin = site.url();
    await enterPin(site, pin);
    await site.getByTestId("link-back").click();

    await site.getByRole("heading", { name: "Заказ № 504" }).waitFor();
    expect(atPin).toBe(`${linking.world.site.url}/link`);
    expect(site.url()).toBe(`${linking.world.site.url}/orders/504`);
    expect(site.url()).not.toContain(buid);
  });

  it("one who is signed in as the same already only learns so", async () => {
    const { url, pin } = await askForLink(await linking.relative(127));
    const site = await linking.visitor("/", "Александр Пушкин");

    await site.goto(url.href);
    await linking.picture(site, "pin-page-signed-in");
    await enterPin(site, pin);

    expect(await outcomeOn(site)).toBe("already-linked");
    await linking.picture(site, "already-linked");
  });
});

describe("a PIN on the site", () => {
  it("is burnt by five wrong ones, which the phone is told; the new one from there is good on the same page", async () => {
    const anna = await linking.relative(1707);
    const phone = await linking.phone(anna);
    const { url, pin } = await askForLink(anna);
    const site = await linking.visitor(url);

    for (const left of [
      "осталось 4 попытки",
      "осталось 3 попытки",
      "осталось 2 попытки",
      "осталась 1 попытка",
    ]) {
      await enterPin(site, wrong(pin));
      await site.getByTestId("pin-wrong").getByText(left).waitFor();
    }
    await linking.picture(site, "pin-wrong");
    await enterPin(site, wrong(pin));
    await site.getByTestId("pin-burnt").waitFor();
    await linking.picture(site, "pin-burnt");
    await enterPin(site, pin);
    await site.getByTestId("pin-burnt").waitFor();
    const told = await anna.sees("5 раз ввёл на сайте неверный PIN");
    await phone.tap("Новый PIN", "неверный PIN");
    const fresh = pinIn(await anna.sees("Ваш PIN", { after: told.message_id }));
    await linking.picture(phone.page, "pin-burnt-phone");
    await enterPin(site, fresh);

    expect(await outcomeOn(site)).toBe("signed-in");
    expect(await visitorOf(site)).toBe("Анна Керн");
  });

  it("is good once: the same one in another browser is told to be used", async () => {
    const { url, pin } = await askForLink(await linking.relative(2));
    const first = await linking.visitor(url);
    const second = await linking.visitor(url);

    await enterPin(first, pin);
    expect(await outcomeOn(first)).toBe("signed-in");
    await enterPin(second, pin);

    await second.getByTestId("pin-used").waitFor();
    expect(await visitorOf(second)).toBe("Гость");
    await linking.picture(second, "pin-used");
  });

  it("that is too old is told so; a new one is good on the same page", async () => {
    const olga = await linking.relative(6);
    const { url, pin } = await askForLink(olga);
    const site = await linking.visitor(url);
    // The one answer that takes ten minutes to come.
    const late = { success: false, errorCode: "pin-expired", message: "The PIN is no longer good" };
    const { siteLine } = linking.world;
    siteLine.disturb(`${CALL}/authorize`, { kind: "answers", status: 200, body: JSON.stringify(late) });

    await enterPin(site, pin);
    await site.getByTestId("pin-expired").waitFor();
    await linking.picture(site, "pin-expired");
    siteLine.well();
    await enterPin(site, (await askForLink(olga)).pin);

    expect(await outcomeOn(site)).toBe("signed-in");
  });

  it("need not be typed without a slip: what is no PIN costs no attempt, blanks do not matter", async () => {
    const { url, pin } = await askForLink(await linking.relative(2));
    const site = await linking.visitor(url);

    await enterPin(site, "123");
    await site.getByTestId("problem").getByText("Попытка не потрачена").waitFor();
    await linking.picture(site, "no-pin");
    await enterPin(site, `${pin.slice(0, 3)} ${pin.slice(3)}`);

    expect(await outcomeOn(site)).toBe("signed-in");
  });
});

it("nothing went wrong on any page", () => {
  expect(linking.troubles()).toEqual([]);
});
