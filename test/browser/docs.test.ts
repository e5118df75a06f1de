import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorld, type World } from "../world/world.ts";
import { openPage, startBrowser, type WatchedPage } from "./browser.ts";

let world: World;
let browser: Browser;
let docs: WatchedPage;

beforeAll(async () => {
  [world, browser] = await Promise.all([startWorld({ siteTells: false }), startBrowser()]);
  docs = await openPage(browser, `${world.worker.url}/api/docs`, { width: 1100, height: 900 });
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

describe("the documentation page, in a browser", () => {
  it("refuses a wrong token, and opens with the right one", async () => {
    const { page } = docs;

    await page.getByLabel("API token").fill("wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").filter({ hasText: "not known" }).waitFor();
    await page.getByLabel("API token").fill("dev-token");
    await page.getByRole("button", { name: "Sign in" }).click();

    expect(await page.getByTestId("bot-id").textContent()).toBe("1");
    await page.getByText("/call/post/new").first().waitFor();
  });

  it("makes a real call by its button, once it was given the token", async () => {
    const { page } = docs;
    await page.getByRole("button", { name: "Authorize" }).first().click();
    const dialog = page.locator(".modal-ux");
    await dialog.getByRole("textbox").fill("dev-token");
    await dialog.getByRole("button", { name: "Apply credentials" }).click();
    await dialog.getByRole("button", { name: "Close" }).click();

    const operation = page.locator("#operations-post-postNew");
    await operation.getByRole("button").first().click();
    await operation.getByRole("button", { name: "Execute" }).click();

    const answers = operation.locator(".live-responses-table .response-col_description");
    const answer = answers.filter({ hasText: '"success": true' });
    await answer.waitFor();
    expect(await answer.textContent()).toContain('"callId"');
  });

  it("shows nothing any more after signing out, and had no error but the refusal", async () => {
    const { page, troubles } = docs;

    await page.getByRole("button", { name: "Sign out" }).click();

    await page.getByLabel("API token").waitFor();
    expect(await page.getByTestId("bot-id").count()).toBe(0);
    expect(troubles.filter((trouble) => !trouble.includes("401"))).toEqual([]);
  });
});

describe("the communication maps, in a browser", () => {
  let map: WatchedPage;

  const isOpen = (operation: string) => map.page.locator(`#operations-${operation}.is-open`).waitFor();

  beforeAll(async () => {
    const link = `${world.worker.url}/api/docs?bot=1#/comment/commentNew`;
    map = await openPage(browser, link, { width: 1100, height: 900 });
  });

  it("ask to sign in only once the place can be taken along, however slow the way to that is", async () => {
    const page = await map.page.context().newPage();
    const held = Promise.withResolvers<void>();
    await page.route("**/sign-in.js", async (route) => {
      await held.promise;
      await route.continue();
    });

    const opened = page.goto(`${world.worker.url}/api/docs?bot=1#/comment/commentNew`);
    const early = page.getByLabel("API token").fill("dev-token", { timeout: 1_000 });
    await expect(early).rejects.toThrow("Timeout");
    held.resolve();
    await opened;

    await page.getByLabel("API token").waitFor();
    await page.close();
  });

  it("lead to an operation from outside too: who has to sign in first finds it open after that", async () => {
    const { page } = map;

    await page.getByLabel("API token").fill("wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").waitFor();
    await page.getByLabel("API token").fill("dev-token");
    await page.getByRole("button", { name: "Sign in" }).click();

    await isOpen("comment-commentNew");
    expect(page.url()).toBe(`${world.worker.url}/api/docs?bot=1#/comment/commentNew`);
  });

  it("are a click away from the API page, and each row a click away from its operation", async () => {
    const { page } = map;

    await page.getByRole("link", { name: "Communication maps" }).click();
    await page.getByRole("row", { name: "A new post is on the family site" }).getByRole("link").click();

    await isOpen("post-postNew");
    await page.getByRole("link", { name: "Communication maps" }).click();
    await page.getByRole("heading", { name: "The family site" }).waitFor();
  });

  it("can be taken along as a file", async () => {
    const { page } = map;

    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download as Markdown" }).click(),
    ]);

    expect(download.suggestedFilename()).toBe("communication-map.md");
  });

  it("fit a phone: nothing of them is beyond its edge", async () => {
    const { page } = map;

    await page.setViewportSize({ width: 360, height: 740 });

    await page.getByText("A new post is on the family site").waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(360);
    expect(map.troubles.filter((trouble) => !trouble.includes("401"))).toEqual([]);
  });
});
