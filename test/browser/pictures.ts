import type { Browser, Page } from "playwright-core";
import type { Phone } from "./phone-on.ts";

/** What a phone stands on, so that its frame and shadow are whole, px. */
const MARGIN = 16;

/** As high as a phone with its margins, and wide enough for the site's menu in one line. */
const PAGE = { width: 720, height: 892 };

/** High enough for a whole phone. */
const DESK = { width: 1000, height: 1000 };

/** A picture of a phone alone. */
export async function pictureOfPhone({ page, element }: Phone): Promise<Buffer> {
  return inSize(page, DESK, async () => {
    await page.mouse.move(0, 0);
    const { x = 0, y = 0, width = 0, height = 0 } = (await element.boundingBox()) ?? {};
    const clip = {
      x: x - MARGIN,
      y: y - MARGIN,
      width: width + 2 * MARGIN,
      height: height + 2 * MARGIN,
    };
    return page.screenshot({ clip, animations: "disabled" });
  });
}

/** A picture of a page of the site that is to stand beside a phone. */
export function pictureOfPage(page: Page): Promise<Buffer> {
  return inSize(page, PAGE, () => page.screenshot({ animations: "disabled" }));
}

/** Puts pictures side by side into one file, as PNG. */
export async function sideBySide(browser: Browser, path: string, pictures: readonly Buffer[]): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 2000, height: 1000 } });
  const images = pictures.map((one) => `<img src="data:image/png;base64,${one.toString("base64")}">`);
  await page.setContent(
    `<style>body { margin: 0 } main { display: inline-flex; gap: 8px; align-items: start }</style>
     <main>${images.join("")}</main>`,
  );
  await page.locator("main").screenshot({ path });
  await page.close();
}

async function inSize<T>(page: Page, size: typeof PAGE, act: () => Promise<T>): Promise<T> {
  const before = page.viewportSize() ?? size;
  await page.setViewportSize(size);
  const done = await act();
  await page.setViewportSize(before);
  return done;
}
