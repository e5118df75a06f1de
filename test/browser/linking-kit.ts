import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { expect } from "vitest";
import { endAfterTest } from "../emulator/world-kit.ts";
import type { Person } from "../world/person.ts";
import { startWorld, type World } from "../world/world.ts";
import { openPage, pictureFolder, startBrowser, type WatchedPage } from "./browser.ts";
import { type Phone, phoneOn } from "./phone-on.ts";
import { sideBySide } from "./pictures.ts";

const WIDE = { width: 1000, height: 800 };

/** What a narrow phone shows of a page. */
const NARROW = { width: 375, height: 700 };

/** Two phones side by side. */
const DESK = { width: 1000, height: 950 };

/** An answer of 403, and the browser's own complaint about it. */
const KEPT_OUT = /^403: | status of 403 /;

/** The site's calls to the bot, as the line between them names them. */
export const CALL = "/v1/bots/1/call";

/** Everything there is, and a browser in which each page that is opened is another person's own. */
export type Linking = Awaited<ReturnType<typeof startLinking>>;

/** Starts a world whose bot sends people to the site itself. */
export async function startLinking() {
  const [world, browser] = await Promise.all([startWorld(), startBrowser()]);
  const db = await world.worker.database();
  // The line between the bot and the site passes on JSON alone: it has no pages.
  await db.prepare("UPDATE bots SET site_url = ? WHERE id = '1'").bind(world.site.url).run();
  const album = await mkdtemp(join(tmpdir(), "beseda-linking-"));
  console.log(`Pictures of the linking: ${album}`);
  return {
    world,
    ...peopleOf(world),
    ...pagesOf(world, browser),
    /** Keeps a picture of a phone, or of a page of the site: as it is, and as a narrow phone shows it. */
    async picture(page: Page, name: string): Promise<void> {
      await page.screenshot({ path: join(album, `${name}.png`), animations: "disabled" });
      const isSite = page.url().startsWith(world.site.url);
      if (isSite) await expectToFit(page, join(album, `${name}-narrow.png`));
    },
    /** Makes a picture of the documentation from parts. */
    async documented(name: string, ...parts: readonly Buffer[]): Promise<void> {
      await sideBySide(browser, join(await pictureFolder(), `${name}.png`), parts);
    },
    async close(): Promise<void> {
      await browser.close();
      await world.close();
    },
  };
}

function peopleOf(world: World) {
  const signedIn = new Map<number, Promise<Person>>();
  let strangers = 9000;

  async function signIn(id: number): Promise<Person> {
    const person = await world.person(id);
    await person.signIn();
    return person;
  }

  return {
    /** Somebody of the family, signed in in the bot. */
    relative(id: number): Promise<Person> {
      const known = signedIn.get(id) ?? signIn(id);
      signedIn.set(id, known);
      return known;
    },
    /** Somebody whose number the site does not know. */
    stranger(first_name = "Ева"): Promise<Person> {
      strangers += 1;
      const phone_number = `7911000${strangers}`;
      return world.person(strangers, { first_name, phone_number, language_code: "ru" });
    },
  };
}

/** Pages, each in a session of its own that ends with the test. */
function pagesOf(world: World, browser: Browser) {
  const opened: WatchedPage[] = [];

  async function open(url: string, size: typeof WIDE): Promise<Page> {
    const watched = await openPage(browser, url, size);
    opened.push(watched);
    endAfterTest(watched.page.context());
    return watched.page;
  }

  return {
    async phone({ id }: Person): Promise<Phone> {
      return phoneOn(await open(`${world.emulator.url}/?users=${id}`, DESK), id);
    },
    /** Two phones side by side on a page. */
    async phones(one: Person, other: Person): Promise<readonly [Phone, Phone]> {
      const page = await open(`${world.emulator.url}/?users=${one.id},${other.id}`, DESK);
      return [phoneOn(page, one.id), phoneOn(page, other.id)];
    },
    /** A page of the site: a guest's, unless they sign in as this member of the family. */
    async visitor(path: string | URL = "/", as = ""): Promise<Page> {
      const page = await open(new URL(path, world.site.url).href, WIDE);
      if (as !== "") await becomeOnSite(page, as);
      return page;
    },
    /** What went wrong on all pages so far; that guests are kept out is as it should be. */
    troubles: () => opened.flatMap(({ troubles }) => troubles).filter((one) => !KEPT_OUT.test(one)),
  };
}

/** Nothing of a page is beyond the edge of a narrow phone. */
async function expectToFit(page: Page, picture: string): Promise<void> {
  const size = page.viewportSize() ?? WIDE;
  await page.setViewportSize(NARROW);
  await page.screenshot({ path: picture, fullPage: true });
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(NARROW.width);
  await page.setViewportSize(size);
}

/** Signs in on the site as the demonstration lets one: by the name at the top. */
export async function becomeOnSite(page: Page, name: string): Promise<void> {
  await page.getByLabel("Вы пишете как:").selectOption({ label: name });
  // The page that comes back says who it is by itself; before that it is only the choice that is shown.
  await page.locator("#actor option[selected]", { hasText: name }).waitFor({ state: "attached" });
}

/** Who the site takes the page's visitor for. */
export async function visitorOf(page: Page): Promise<string> {
  return (await page.locator("#actor option[selected]").textContent())?.trim() ?? "";
}

/** Waits until the link has come to an end, and says to which. */
export function outcomeOn(page: Page): Promise<string | null> {
  return page.getByTestId("link-done").getAttribute("data-outcome");
}

/** Enters a PIN on the site's page. */
export async function enterPin(page: Page, pin: string): Promise<void> {
  await page.getByTestId("pin").fill(pin);
  await page.getByTestId("pin-submit").click();
}
