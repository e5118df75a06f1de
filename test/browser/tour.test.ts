import { join } from "node:path";
import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorld, type World } from "../world/world.ts";
import { openPage, pictureFolder, startBrowser, type WatchedPage } from "./browser.ts";

const PICTURE = join(import.meta.dirname, "../../examples/family-site/seed/mikhailovskoye.png");

let world: World;
let browser: Browser;
let phones: WatchedPage;
let site: WatchedPage;
let alexander: Locator;
let anna: Locator;

beforeAll(async () => {
  [world, browser] = await Promise.all([startWorld(), startBrowser()]);
  await Promise.all([world.person(127), world.person(1707)]);
  phones = await openPage(browser, `${world.emulator.url}/?users=127,1707`, { width: 1000, height: 950 });
  site = await openPage(browser, world.site.url, { width: 1000, height: 900 });
  alexander = phones.page.getByTestId("phone-127");
  anna = phones.page.getByTestId("phone-1707");
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

/** Waits until a message with these words is on a phone. */
const shows = (phone: Locator, words: string | RegExp) =>
  phone.getByTestId("chat").locator("article").filter({ hasText: words }).last();

/** Signs in on a phone as a person would: START, then the button that shares the number. */
async function signIn(phone: Locator): Promise<void> {
  await phone.getByTestId("start").click();
  await phone.getByRole("button", { name: "Поделиться номером" }).click();
  await shows(phone, "Вы вошли").waitFor();
  await shows(phone, "Меню").waitFor();
}

/** Signs in on the site as the demonstration lets one: by the name at the top. */
async function becomeNatalia(): Promise<void> {
  await site.page.getByLabel("Вы пишете как:").selectOption({ label: "Наталья Пушкина" });
  await site.page.getByTestId("sign-out").waitFor();
}

describe("the five-minute tour, on the pages", () => {
  it("signs two people in by their phones, side by side", async () => {
    await signIn(alexander);
    await signIn(anna);

    expect(await shows(alexander, "Рад встрече").textContent()).toContain("Рад встрече, Александр!");
    expect(await shows(anna, "Рад встрече").textContent()).toContain("Рад встрече, Анна!");
    await site.page.getByRole("link", { name: "Семья" }).click();
    expect(await site.page.getByTestId("bot-mark").count()).toBe(2);
  });

  it("publishes a post with a picture on the site, which comes to both phones", async () => {
    await site.page.goto(world.site.url);
    await becomeNatalia();
    await site.page.getByTestId("new-post").click();
    await site.page.getByLabel("Что у вас нового?").fill("Приехали в Михайловское. Яблоки поспели!");
    await site.page.getByLabel("Картинка").setInputFiles(PICTURE);
    await site.page.getByTestId("post-submit").click();

    await site.page.getByTestId("bot-status").filter({ hasText: "Бот рассказывает 2" }).waitFor();
    for (const phone of [alexander, anna]) {
      const post = shows(phone, "Яблоки поспели!");
      await post.waitFor();
      expect(await post.textContent()).toContain("Наталья Пушкина пишет на семейном сайте");
      await post.getByRole("img", { name: "Photo" }).waitFor();
      expect(await post.getByRole("button", { name: "Открыть на сайте" }).count()).toBe(1);
    }
  });

  it("takes an answer from one phone to the site's open page and to the other phone", async () => {
    const post = shows(anna, "Яблоки поспели!");
    await post.getByRole("button", { name: "Ответить" }).click();
    await shows(anna, "Напишите ваш ответ").waitFor();
    await anna.getByTestId("composer").fill("Приеду, если дорогу не размоет");
    await anna.getByTestId("send").click();

    await shows(anna, "ваш ответ опубликован").waitFor();
    // Nobody loads the site's page again: it shows the answer by itself.
    const answer = site.page.getByTestId("comment").filter({ hasText: "Приеду, если дорогу не размоет" });
    await answer.waitFor();
    expect(await answer.getByTestId("author").textContent()).toBe("Анна Керн");
    await shows(alexander, "Приеду, если дорогу не размоет").waitFor();
    expect(await shows(alexander, "Приеду, если дорогу не размоет").textContent()).toContain(
      "Анна Керн комментирует",
    );
  });

  it("takes a reply from the other phone by its reply sign", async () => {
    const comment = shows(alexander, "Приеду, если дорогу не размоет");
    await comment.hover();
    await comment.getByRole("button", { name: "Reply", exact: true }).click();
    await alexander.getByTestId("composer").fill("Дорога сухая, ждём!");
    await alexander.getByTestId("composer").press("Enter");

    await shows(alexander, "ваш ответ опубликован").waitFor();
    await site.page.getByTestId("comment").filter({ hasText: "Дорога сухая, ждём!" }).waitFor();
    await shows(anna, "Дорога сухая, ждём!").waitFor();
  });

  it("brings a comment from the site's page to both phones", async () => {
    await site.page.getByLabel("Ваш комментарий").fill("Тогда до пятницы!");
    await site.page.getByTestId("comment-submit").click();

    for (const phone of [alexander, anna]) await shows(phone, "Тогда до пятницы!").waitFor();
  });

  it("leaves pictures of both pages, without one error on them", async () => {
    const folder = await pictureFolder();
    // The header of the page follows the reader: seen from the top it is where it belongs.
    await site.page.evaluate("window.scrollTo(0, 0)");
    await alexander.getByTestId("composer").blur();
    await anna.getByRole("img", { name: "Photo" }).scrollIntoViewIfNeeded();
    await phones.page.mouse.move(0, 0);

    await phones.page.screenshot({ path: join(folder, "tour-phones.png") });
    await site.page.screenshot({ path: join(folder, "tour-site.png"), fullPage: true });

    console.log(`Pictures of the tour: ${folder}`);
    expect([...phones.troubles, ...site.troubles]).toEqual([]);
  });
});
