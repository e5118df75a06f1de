import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askForLink } from "../world/links.ts";
import { enterPin, type Linking, outcomeOn, startLinking, visitorOf } from "./linking-kit.ts";

let linking: Linking;
beforeAll(async () => {
  linking = await startLinking();
});
afterAll(() => linking?.close());

describe("somebody whom the site does not know", () => {
  it("makes an account and is linked to it at once; the phone greets them", async () => {
    const eve = await linking.stranger();
    const phone = await linking.phone(eve);
    await phone.element.getByTestId("start").click();
    await phone.shows("поделитесь своим номером").waitFor();
    await phone.write("/menu");
    await phone.tap("Открыть сайт", "Вы пока не вошли");
    await phone.shows("Ваш PIN").waitFor();
    await linking.picture(phone.page, "stranger-phone");
    const { url, pin } = await askForLink(eve);
    const site = await linking.visitor(url);

    await enterPin(site, pin);
    const name = await site.getByLabel("Имя").inputValue();
    await linking.picture(site, "register");
    await site.getByTestId("register-submit").click();
    await site.getByText("нужен телефон или почта").waitFor();
    await site.getByLabel("Телефон").fill("+7 911 000-90-01");
    await linking.picture(site, "register-again");
    await site.getByTestId("register-submit").click();

    expect(name).toBe("Ева");
    expect(await outcomeOn(site)).toBe("linked");
    expect(await visitorOf(site)).toBe("Ева");
    await phone.shows("Вы вошли как Ева").waitFor();
    await phone.shows("Меню").getByRole("button", { name: "Это не я: выйти" }).waitFor();
    await linking.picture(site, "registered");
    await linking.picture(phone.page, "registered-phone");
  });

  it("who has an account after all signs in to it, and links it with one click", async () => {
    const eve = await linking.stranger("Антон");
    const { url, pin } = await askForLink(eve);
    const site = await linking.visitor(url);

    await enterPin(site, pin);
    await site.getByTestId("link-have-account").click();
    await site.getByRole("heading", { name: "Войдите, чтобы подключить Telegram" }).waitFor();
    await site.getByLabel("Кто вы?").selectOption({ label: "Антон Дельвиг" });
    await linking.picture(site, "have-account");
    await site.getByTestId("sign-in-as").click();
    await site.getByTestId("link-account").waitFor();
    await linking.picture(site, "link-account");
    await site.getByTestId("link-connect").click();

    expect(await outcomeOn(site)).toBe("linked");
    await eve.sees("Вы вошли как Антон");
  });

  it("is led to the account that has their e-mail, and signed in to nothing by typing it", async () => {
    const { url, pin } = await askForLink(await linking.stranger("Надежда"));
    const site = await linking.visitor(url);

    await enterPin(site, pin);
    await site.getByLabel("Электронная почта").fill("nadezhda@example.org");
    await site.getByTestId("register-submit").click();
    await site.getByTestId("link-account-exists").waitFor();
    await linking.picture(site, "account-exists");

    expect(await visitorOf(site)).toBe("Гость");
    await site.getByTestId("way-out").click();
    await site.getByTestId("guest-page").waitFor();
  });

  it("is linked to the account that is signed in, sees whose Telegram that is, and can undo it", async () => {
    const eve = await linking.stranger();
    const phone = await linking.phone(eve);
    const { url, pin } = await askForLink(eve);
    const site = await linking.visitor("/", "Сергей Пушкин");

    await site.goto(url.href);
    await enterPin(site, pin);
    const linked = await outcomeOn(site);
    await site.getByText("Telegram «Ева» подключён к аккаунту Сергей Пушкин").waitFor();
    await phone.shows("Вы вошли как Сергей").waitFor();
    await linking.picture(site, "linked");
    await site.getByTestId("link-undo").click();
    await site.getByRole("heading", { name: "Telegram отключён" }).waitFor();

    expect([linked, await outcomeOn(site)]).toEqual(["linked", "undone"]);
    await phone.shows("Вы вышли, и бот отключён").waitFor();
    await linking.picture(site, "undone");
    await linking.picture(phone.page, "undone-phone");
  });
});

describe("somebody whom the bot knows by another account", () => {
  it("can leave it as it is", async () => {
    const lev = await linking.relative(2);
    const { url, pin } = await askForLink(lev);
    const site = await linking.visitor("/", "Надежда Пушкина");

    await site.goto(url.href);
    await enterPin(site, pin);
    await site.getByTestId("link-conflict").waitFor();
    await linking.picture(site, "conflict");
    await site.getByTestId("link-keep").click();

    expect(await outcomeOn(site)).toBe("kept");
    expect(await visitorOf(site)).toBe("Надежда Пушкина");
    expect(await lev.count("один аккаунт")).toBe(0);
    await linking.picture(site, "kept");
  });

  it("can have this one instead; their phone is told, and so is another of the same account", async () => {
    const lev = await linking.relative(2);
    const olga = await linking.relative(6);
    const [phone, other] = await linking.phones(lev, olga);
    const { url, pin } = await askForLink(lev);
    const site = await linking.visitor("/", "Ольга Павлищева");

    await site.goto(url.href);
    await enterPin(site, pin);
    await site.getByTestId("link-relink").click();

    expect(await outcomeOn(site)).toBe("linked");
    await phone.shows("Вы вошли как Ольга").waitFor();
    await other.shows("подключён ещё один чат: Лев").waitFor();
    await linking.picture(site, "relinked");
    await linking.picture(phone.page, "relinked-phones");
  });
});

it("nothing went wrong on any page", () => {
  expect(linking.troubles()).toEqual([]);
});
