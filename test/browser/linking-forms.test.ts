import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Linking, startLinking, visitorOf } from "./linking-kit.ts";
import type { Phone } from "./phone-on.ts";
import { pictureOfPhone } from "./pictures.ts";

let linking: Linking;
beforeAll(async () => {
  linking = await startLinking();
});
afterAll(() => linking?.close());

describe("a form without a PIN", () => {
  it("is opened from the chat, knows who answers, opens nothing else, and the phone is told", async () => {
    const anna = await linking.relative(1707);
    const phone = await linking.phone(anna);
    await phone.write("/gathering");
    const opened = phone.page.context().waitForEvent("page");
    await phone.tap("Открыть анкету", "Скоро семейный праздник");
    const form = await opened;

    await form.getByText("Анна Керн, сколько вас ждать?").waitFor();
    await linking.picture(form, "gathering");
    const atForm = form.url();
    await form.getByLabel("Сколько человек придёт").fill("3");
    await form.getByLabel("Пожелания").fill("Самовар, пожалуйста");
    await form.getByTestId("gathering-submit").click();
    await form.getByTestId("gathering-done").waitFor();

    await phone.shows("Гостей вместе с вами: 3").getByText("Самовар, пожалуйста").waitFor();
    await linking.picture(form, "gathering-done");
    await linking.picture(phone.page, "gathering-phone");
    expect(atForm).toBe(`${linking.world.site.url}/gathering`);
    await form.goto(linking.world.site.url);
    expect(await visitorOf(form)).toBe("Гость");
  });
});

describe("the site inside Telegram", () => {
  it("shows the person and their orders in its sheet over the chat", async () => {
    const phone = await linking.phone(await linking.relative(127));
    await phone.shows("Меню").waitFor();
    const before = await pictureOfPhone(phone);

    await phone.tap("Открыть в Telegram", "Меню");
    const app = phone.element.getByTestId("mini-app").contentFrame();
    await app.getByText("Здравствуйте, Александр!").waitFor();

    const orders = app.getByTestId("app-orders").locator("[data-order]");
    expect(await orders.evaluateAll((all) => all.map((one) => one.getAttribute("data-order")))).toEqual([
      "504",
      "501",
    ]);
    await linking.picture(phone.page, "mini-app");
    await linking.documented("mini-app", before, await pictureOfPhone(phone));
    await phone.element.getByTestId("mini-app-close").click();
    await phone.element.getByTestId("mini-app").waitFor({ state: "detached" });
  });
});

/** Goes the way of somebody who signs in with this key, up to the question for the code. */
async function askForCode(phone: Phone, key: string): Promise<string> {
  await phone.element.getByTestId("start").click();
  await phone.shows("поделитесь своим номером").waitFor();
  await phone.write("/signin");
  await phone.shows("Напишите номер телефона, почту или id").waitFor();
  await phone.write(key);
  const asked = phone.shows("Если такой пользователь есть");
  return [
    await asked.locator(".text").textContent(),
    ...(await asked.getByRole("button").allTextContents()),
  ].join("|");
}

describe("signing in with a code by SMS", () => {
  it("has the code come to the phone that the site knows, and says the same of an e-mail that nobody has", async () => {
    // Another Telegram, on the phone whose number the site knows.
    const lev = await linking.world.person(9501, {
      first_name: "Лев",
      language_code: "ru",
      phone_number: "79000000002",
    });
    const [phone, other] = await linking.phones(lev, await linking.stranger());

    const words = await askForCode(phone, "lev@example.org");
    const otherWords = await askForCode(other, "nobody@example.org");
    const asked = await pictureOfPhone(phone);
    await phone.element.getByTestId("tab-sms").click();
    const sms = await phone.element.getByTestId("sms").getByText("Код для входа").textContent();
    await linking.picture(phone.page, "sms");
    await linking.documented("sign-in-sms", asked, await pictureOfPhone(phone));
    await phone.element.getByTestId("tab-telegram").click();
    await phone.write(/\d{6}/.exec(sms ?? "")?.[0] ?? "");

    await phone.shows("Рад встрече, Лев! Вы вошли").waitFor();
    expect(otherWords).toBe(words);
    await other.element.getByTestId("tab-sms").click();
    await other.element.getByTestId("sms").getByText("No messages yet").waitFor();
    await linking.picture(phone.page, "sms-entered");
  });
});

it("nothing went wrong on any page", () => {
  expect(linking.troubles()).toEqual([]);
});
