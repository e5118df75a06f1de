import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Person } from "../world/person.ts";
import { enterPin, type Linking, outcomeOn, startLinking, visitorOf } from "./linking-kit.ts";
import { type Phone, phoneOn } from "./phone-on.ts";
import { pictureOfPage, pictureOfPhone } from "./pictures.ts";

let linking: Linking;
beforeAll(async () => {
  linking = await startLinking();
});
afterAll(() => linking?.close());

/** Takes a link from one's profile, and says where it leads. */
async function connectTelegram(site: Page): Promise<string> {
  await site.getByRole("link", { name: "Профиль" }).click();
  await site.getByTestId("telegram-connect").click();
  return (await site.getByTestId("telegram-link").getAttribute("href")) ?? "";
}

/** Follows a link of the site to this person's phone, as the laptop does where both are. */
async function followToPhone(site: Page, button: string, { id }: Person): Promise<Phone> {
  const [page] = await Promise.all([site.context().waitForEvent("page"), site.getByTestId(button).click()]);
  await page.getByText("Local Telegram").waitFor();
  await page.goto(`${page.url()}&users=${id}`);
  return phoneOn(page, id);
}

const tokenOf = (link: string) => new URL(link).searchParams.get("start") ?? "";

describe("from the site to the bot", () => {
  it("one follows the link of one's profile to the phone and presses START; the site's page notices by itself", async () => {
    const anton = await linking.stranger("Антон");
    const site = await linking.visitor("/", "Антон Дельвиг");
    await connectTelegram(site);
    await site.getByTestId("telegram-qr").locator("svg").waitFor();
    await linking.picture(site, "start-link");
    const withQr = await pictureOfPage(site);

    const phone = await followToPhone(site, "telegram-link", anton);
    await phone.element.getByTestId("start").click();

    await phone.shows("подключён к аккаунту Антон Дельвиг").waitFor();
    await site.getByTestId("telegram-connected").waitFor();
    await linking.picture(site, "start-connected");
    await linking.picture(phone.page, "start-phone");
    await linking.documented("linking-qr", withQr, await pictureOfPhone(phone));
  });

  it("one's link is good for one chat: a second phone is refused", async () => {
    const [eve, alice] = [await linking.stranger("Ева"), await linking.stranger("Алиса")];
    const site = await linking.visitor("/", "Василий Пушкин");
    const token = tokenOf(await connectTelegram(site));
    const [first, second] = await linking.phones(eve, alice);

    await first.element.getByTestId("start").click();
    await first.shows("поделитесь своим номером").waitFor();
    await first.write(`/start ${token}`);
    await first.shows("подключён к аккаунту Василий Пушкин").waitFor();
    await second.element.getByTestId("start").click();
    await second.shows("поделитесь своим номером").waitFor();
    await second.write(`/start ${token}`);

    await second.shows("уже использована в другом чате").waitFor();
    await first.write(`/start ${token}`);
    await first.shows("Этот чат уже подключён к вашему аккаунту").waitFor();
    await linking.picture(first.page, "start-used-phones");
  });

  it("a phone on which somebody else is signed in is asked, and may leave it as it is", async () => {
    const lev = await linking.relative(2);
    const phone = await linking.phone(lev);
    const site = await linking.visitor("/", "Надежда Пушкина");
    const token = tokenOf(await connectTelegram(site));
    const question = "Подключить новый вместо прежнего?";

    await phone.write(`/start ${token}`);
    await phone.tap("Оставить как есть", question);
    const { message_id: left } = await lev.sees("всё остаётся как было");
    await linking.picture(phone.page, "start-left-phone");
    await phone.write(`/start ${token}`);
    await lev.sees(question, { after: left });
    await phone.tap("Подключить «Надежда Пушкина»", question);

    await phone.shows("подключён к аккаунту Надежда Пушкина").waitFor();
    await site.getByTestId("telegram-connected").waitFor();
    await linking.picture(phone.page, "start-instead-phone");
  });

  it("one disconnects, which the phone is told, and connects again by the next link", async () => {
    const olga = await linking.relative(6);
    const phone = await linking.phone(olga);
    const site = await linking.visitor("/profile", "Ольга Павлищева");
    await linking.picture(site, "profile-connected");

    await site.getByTestId("telegram-unlink").click();
    await phone.shows("Вы вышли, и бот отключён").waitFor();
    await linking.picture(site, "profile-disconnected");
    const token = tokenOf(await connectTelegram(site));
    await phone.write(`/start ${token}`);

    await phone.shows("подключён к аккаунту Ольга Павлищева").waitFor();
    await site.getByTestId("telegram-connected").waitFor();
  });

  it("a guest's button brings the bot to send a link and a PIN at once", async () => {
    const anna = await linking.relative(1707);
    const site = await linking.visitor("/orders");
    await linking.picture(site, "guest");
    const phone = await followToPhone(site, "sign-in-telegram", anna);
    await phone.element.getByTestId("start").click();
    const pin = (await phone.shows("Ваш PIN").locator("code").textContent()) ?? "";
    await linking.picture(phone.page, "guest-phone");
    const opened = site.context().waitForEvent("page");
    await phone.tap("Открыть сайт", "Вот ваша личная ссылка");
    const linked = await opened;
    await enterPin(linked, pin);

    expect(await outcomeOn(linked)).toBe("signed-in");
    await site.reload();
    expect(await visitorOf(site)).toBe("Анна Керн");
  });
});

it("nothing went wrong on any page", () => {
  expect(linking.troubles()).toEqual([]);
});
