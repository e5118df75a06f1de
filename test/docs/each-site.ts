import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type SmallBot, smallBot } from "./small-bot.ts";
import { type Example, examples, SITE_TOKEN, type SmallSite, smallSite } from "./small-site.ts";
import { type Seen, SmallVisitor } from "./small-visitor.ts";

/** The BUID that a visitor comes with. */
export const BUID = "ZRvJxYsn6Vr2sQVQ";
/** What they type. */
export const PIN = "123456";
/** Whom the bot says that it is; the name is one that a page must not take for HTML. */
export const WHO = { personId: 7, leadId: 9, leadName: "Ева <3" };
/** Starting an interpreter on a busy machine. */
const START_MS = 20_000;

/** A site with its bot and a visitor who is new to it, for one test. */
export class Trial {
  readonly bot: SmallBot;
  readonly url: string;
  readonly visitor: SmallVisitor;
  /** An e-mail that nobody has at this site. */
  readonly email = `${crypto.randomUUID()}@example.org`;

  constructor(bot: SmallBot, url: string) {
    this.bot = bot;
    this.url = url;
    this.visitor = new SmallVisitor(url);
  }

  /** Comes with a BUID, and types the PIN, of which the bot says this. */
  async entersPin(answer: Readonly<Record<string, unknown>>): Promise<Seen> {
    this.bot.tells("authorize", answer);
    await this.visitor.open(`/?buid=${BUID}`);
    return this.visitor.send("/link/pin", { pin: PIN });
  }

  /** Is signed in as 127. */
  async signsIn(): Promise<void> {
    await this.entersPin({ success: true, status: "linked", userId: 127, ...WHO });
  }

  /** The bot asks the site. */
  asksSite(path: string, body?: object, token = SITE_TOKEN): Promise<Response> {
    return fetch(this.url + path, {
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      ...(body ? { method: "POST", body: JSON.stringify(body) } : {}),
    });
  }
}

/** Tries every site of docs/site-examples whose language is installed. `trial` makes the trial of one test. */
export function eachSite(tests: (trial: () => Trial) => void): void {
  for (const example of examples) {
    if (isInstalled(example))
      describe(`docs/site-examples/${basename(example.file)}`, () => tests(world(example)));
    else it.skip(`docs/site-examples/${basename(example.file)}: ${example.needs} is not installed here`);
  }
}

function isInstalled({ needs }: Example): boolean {
  return needs === null || spawnSync(needs, ["--version"]).status === 0;
}

function world(example: Example): () => Trial {
  const folder = mkdtempSync(join(tmpdir(), "site-example-"));
  let bot: SmallBot;
  let site: SmallSite;

  beforeAll(async () => {
    bot = await smallBot();
    site = await smallSite(example, bot.url, folder);
    await vi.waitFor(async () => expect((await fetch(site.url)).status).toBe(200), { timeout: START_MS });
  }, START_MS);

  afterAll(async () => {
    await site.close();
    await bot.close();
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(() => void bot.asked.splice(0));

  afterEach(() => {
    expect(site.log()).not.toMatch(/error|warning|traceback/i);
    expect(site.log()).not.toContain(PIN);
  });

  return () => new Trial(bot, site.url);
}
