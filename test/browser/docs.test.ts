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
