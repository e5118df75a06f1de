import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { site } from "../emulator/files-kit.ts";
import { PATIENCE, startBrowser } from "./browser.ts";
import { withPhone } from "./phone-kit.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
}, PATIENCE);
afterAll(() => browser?.close());

const patient = { timeout: 2 * PATIENCE };

/** A bot's page: it greets who opened it, tells its Telegram something, and has a link of its own. */
const PAGE = `<!doctype html><html lang="ru"><meta charset="utf-8"><title>Сайт</title>
<link rel="icon" href="data:,">
<h1 id="who"></h1>
<a href="/other" target="_blank">Ещё страница</a>
<button id="ready">Готово</button> <button id="close">Закрыть</button>
<script>
  const told = new URLSearchParams(location.hash.slice(1));
  const data = new URLSearchParams(told.get("tgWebAppData"));
  who.textContent = "Здравствуйте, " + JSON.parse(data.get("user")).first_name;
  const tell = (what) => parent.postMessage(what, "*");
  ready.onclick = () => {
    for (const what of ["{", "null", 5, { eventType: "web_app_close" }, '{"eventType":"web_app_ready"}']) tell(what);
    ready.textContent = "Сказано";
  };
  document.getElementById("close").onclick = () => tell('{"eventType":"web_app_close"}');
</script></html>`;

/** Alexander's phone, to which the bot has sent a button that opens the page. */
async function withPage() {
  const world = await withPhone(browser);
  const url = await site({ type: "text/html; charset=utf-8", body: PAGE });
  const inline_keyboard = [[{ text: "Открыть сайт", web_app: { url } }]];
  await world.result("sendMessage", { chat_id: 127, text: "Вот", reply_markup: { inline_keyboard } });
  const button = world.shown.getByRole("button", { name: "Открыть сайт" });
  const sheet = world.phone.getByRole("dialog", { name: "Beseda" });
  const frame = world.phone.getByTestId("mini-app");
  return { ...world, url, button, sheet, frame, inside: frame.contentFrame() };
}

describe("a bot's page on the phone", patient, () => {
  it("opens over the chat, and knows who opened it", async () => {
    const { button, sheet, frame, inside, troubles } = await withPage();

    await button.click();

    await inside.getByText("Здравствуйте, Александр").waitFor();
    await sheet.getByText("mini app").waitFor();
    expect(await frame.getAttribute("sandbox")).toBe(
      "allow-scripts allow-forms allow-same-origin allow-popups allow-popups-to-escape-sandbox",
    );
    expect(troubles).toEqual([]);
  });

  it("is left by its cross and by Escape, back at the button, and is there no longer", async () => {
    const { page, phone, button, sheet, frame } = await withPage();
    const focused = () => page.evaluate("document.activeElement.textContent");

    await button.click();
    await phone.getByTestId("mini-app-close").click();
    await sheet.waitFor({ state: "hidden" });
    const afterCross = await focused();
    await button.press("Enter");
    await frame.waitFor();
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "hidden" });

    expect([afterCross, await focused()]).toEqual(["Открыть сайт", "Открыть сайт"]);
    expect(await frame.count()).toBe(0);
    await phone.getByTestId("composer").fill("Я снова здесь");
  });

  it("closes itself by web_app_close, and by nothing else that it says", async () => {
    const { button, sheet, frame, inside, troubles } = await withPage();

    await button.click();
    await inside.getByRole("button", { name: "Готово" }).click();
    await inside.getByRole("button", { name: "Сказано" }).waitFor();
    expect(await frame.isVisible()).toBe(true);
    await inside.getByRole("button", { name: "Закрыть" }).click();

    await sheet.waitFor({ state: "hidden" });
    expect(troubles).toEqual([]);
  });

  it("is closed by no other page", async () => {
    const { page, button, frame, inside } = await withPage();

    await button.click();
    await inside.getByText("Здравствуйте").waitFor();
    await page.evaluate(`new Promise((resolve) => {
      window.addEventListener("message", resolve, { once: true });
      window.postMessage('{"eventType":"web_app_close"}', "*");
    })`);

    expect(await frame.isVisible()).toBe(true);
  });

  it("opens its links in a window of their own", async () => {
    const { page, url, button, inside } = await withPage();

    await button.click();
    const [other] = await Promise.all([
      page.waitForEvent("popup"),
      inside.getByRole("link", { name: "Ещё страница" }).click(),
    ]);

    expect(other.url()).toBe(new URL("/other", url).href);
  });

  it("keeps the chat under it from the keyboard", async () => {
    const { page, phone, button, inside } = await withPage();

    await button.click();
    await inside.getByText("Здравствуйте").waitFor();
    await page.keyboard.press("Shift+Tab");

    expect(await page.evaluate("document.activeElement.dataset.testid")).toBe("tab-telegram");
    expect(await phone.getByTestId("composer").evaluate((field) => field.closest("[inert]") !== null)).toBe(
      true,
    );
  });

  it("opens from the button beside the field, once the bot has put it there", async () => {
    const { phone, result, url, inside } = await withPage();
    const menu = phone.getByTestId("menu");
    expect(await menu.isVisible()).toBe(false);

    await result("setChatMenuButton", { menu_button: { type: "web_app", text: "Сайт", web_app: { url } } });
    await menu.getByText("Сайт").waitFor();
    await menu.click();

    await inside.getByText("Здравствуйте, Александр").waitFor();
  });
});

describe("a code on the phone", patient, () => {
  it("is copied by a tap and by the keyboard, and the phone says so", async () => {
    const { page, phone, shown, result, url } = await withPage();
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: page.url() });
    const copied = () => page.evaluate("navigator.clipboard.readText()");
    await result("sendMessage", {
      chat_id: 127,
      text: `PIN: <code>482913</code>\n<pre>${url}</pre>`,
      parse_mode: "HTML",
    });

    await shown.getByText("482913").click();
    await phone.getByTestId("toast").getByText("Copied").waitFor();
    const byTap = await copied();
    await shown.getByRole("button", { name: url }).press("Enter");

    expect(byTap).toBe("482913");
    await expect.poll(copied).toBe(url);
  });

  it("says where the browser does not let it be copied", async () => {
    const { page, phone, shown, result, troubles } = await withPage();
    await result("sendMessage", { chat_id: 127, text: "<code>482913</code>", parse_mode: "HTML" });
    await page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))");

    await shown.getByText("482913").click();

    await phone.getByTestId("toast").getByText("The browser did not let this page copy").waitFor();
    expect(troubles).toEqual([]);
  });
});
