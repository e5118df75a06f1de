import { mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { chromiumPath } from "../../scripts/browser.ts";

/** How long a page may take to show what it should, ms. */
export const PATIENCE = 20_000;

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** A page, and what went wrong so far on it and on those that it has opened. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors of its scripts and console, and answers of 400 and more. */
  readonly troubles: readonly string[];
}

/** Starts a browser. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: FLAGS });
}

/** Opens a page of its own session, as large as given. */
export async function openPage(
  browser: Browser,
  url: string,
  viewport: { readonly width: number; readonly height: number },
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport,
    deviceScaleFactor: 1,
    locale: "ru-RU",
    timezoneId: "Europe/Moscow",
  });
  context.setDefaultTimeout(PATIENCE);
  const troubles: string[] = [];
  context.on("weberror", (event) => troubles.push(`error: ${event.error().message}`));
  context.on("console", (message) => {
    if (message.type() === "error") troubles.push(`console: ${message.text()}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 400) troubles.push(`${response.status()}: ${response.url()}`);
  });
  const page = await context.newPage();
  await page.goto(url);
  return { page, troubles };
}

/** Where pictures of pages go: into the documentation when asked for, else to a folder that nobody keeps. */
export async function pictureFolder(): Promise<string> {
  if (process.env.UPDATE_SCREENSHOTS !== "1") return mkdtemp(join(tmpdir(), "beseda-pictures-"));
  const folder = join(import.meta.dirname, "..", "..", "docs", "images");
  await mkdir(folder, { recursive: true });
  return folder;
}
