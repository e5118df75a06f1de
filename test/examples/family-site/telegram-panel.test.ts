import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { askedOf, KEY, sendForm, signIn, visitor } from "./visitor.ts";
import { startWorld, type World } from "./world.ts";

const MINUTE_MS = 60_000;
const PAGE = "/profile/telegram";
const URL_OF_BOT = "https://t.me/family_bot?start=8vXk2QpLr5TzYw3NbGhJmDcFsEaUi97V";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "family-site-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What the bot answers who asks for a link now. */
function startAnswer({ clock }: World, url = URL_OF_BOT) {
  const expiresAt = new Date(clock.now() + 10 * MINUTE_MS).toISOString();
  return { body: { success: true, url, expiresAt } };
}

/** Anna, who has asked for a link and has it. */
async function annaWithLink(world: World) {
  world.bot.answers.push(startAnswer(world));
  const anna = visitor(world, 1707);
  const asked = await anna.sendFrom("/profile", PAGE);
  expect([asked.status, asked.headers.get("location")]).toEqual([303, PAGE]);
  return anna;
}

describe("the panel of one's profile", () => {
  it("offers to connect Telegram to whom the bot does not know", async () => {
    const world = await startWorld();

    const page = await visitor(world, 1707).read("/profile");

    expect(page).toContain('data-testid="telegram-panel"');
    expect(page).toContain("Подключить Telegram");
    expect(page).not.toContain('data-testid="telegram-unlink"');
  });

  it("offers to disconnect it to whom the bot knows", async () => {
    const world = await startWorld();
    await world.api("/user/connect-bot", { userId: 1707 });

    const page = await visitor(world, 1707).read("/profile");

    expect(page).toContain("Отключить Telegram");
    expect(page).not.toContain('data-testid="telegram-connect"');
  });

  it("disconnects once however often it is clicked: takes the mark, and has the bot unlink the user", async () => {
    const world = await startWorld();
    await world.api("/user/connect-bot", { userId: 1707 });
    const anna = visitor(world, 1707);

    const off = await anna.sendFrom("/profile", "/profile/bot", { bot: "off" });
    await anna.send("/profile/bot", { bot: "off" });

    expect(off.headers.get("location")).toBe("/profile");
    await expect.poll(() => askedOf(world)).toEqual([["unlink", { userId: 1707 }]]);
    await expect.poll(() => anna.told("/profile")).toEqual(["unlink sent: Бот пишет в Telegram"]);
    expect(await anna.read("/profile")).toContain('data-testid="telegram-connect"');
  });

  it("calls the bot once for two clicks, whether connected or not, and connects nobody by that", async () => {
    const world = await startWorld();
    const anna = visitor(world, 1707);

    for (const _ of [1, 2]) await anna.send("/profile/bot", { bot: "on", formKey: KEY });
    const stranger = await anna.read("/profile");
    await world.api("/user/connect-bot", { userId: 1707 });
    const formKey = /name="formKey" value="([^"]+)"/.exec(await anna.read("/profile"))?.[1] ?? "";
    await anna.send("/profile/bot", { bot: "on", formKey });

    const called = ["users/connect-bot", { userId: 1707 }];
    await expect.poll(() => askedOf(world)).toEqual([called, called]);
    expect(stranger).toContain('data-testid="telegram-connect"');
    expect((await anna.send("/profile/bot", { bot: "perhaps" })).status).toBe(422);
  });
});

describe("connecting Telegram from the site", () => {
  it("shows the bot's one-time link, a picture of it, until when it is good and whom it is for", async () => {
    const world = await startWorld();

    const anna = await annaWithLink(world);
    const answer = await anna.get(PAGE);

    const page = await answer.text();
    expect(askedOf(world)).toEqual([["link/start", { userId: 1707 }]]);
    expect(page).toMatch(
      new RegExp(`href="${URL_OF_BOT.replace("?", "\\?")}"[^>]*data-testid="telegram-link"`),
    );
    expect(page).toMatch(/data-testid="telegram-qr"><svg [^>]*viewBox/);
    expect(page).toContain("10 минут, до 12:10 по Москве");
    expect(page).toContain("Ссылка только для вас");
    expect(page).toContain("Анна Керн");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(page).not.toMatch(/<style|style=|<script>/);
  });

  it("keeps the link out of the site's file, its addresses and its log, and out of everybody else's sight", async () => {
    const file = join(folder, "site.sqlite");
    const logged: unknown[] = [];
    const world = await startWorld({ file, log: (...words) => logged.push(words) });
    const token = URL_OF_BOT.split("start=")[1] ?? "";

    const anna = await annaWithLink(world);
    const elsewhere = await visitor(world, 1707).read(PAGE);
    const alexander = await visitor(world, 127).read(PAGE);
    const hers = await anna.read(PAGE);
    await world.site.close();

    expect(hers).toContain(token);
    expect(elsewhere + alexander).not.toContain(token);
    for (const part of ["", "-wal"]) expect(contentsOf(file + part)).not.toContain(token);
    expect(JSON.stringify(logged)).not.toContain(token);
  });

  it("notices by itself that the bot has connected, and says which account", async () => {
    const world = await startWorld();
    const anna = await annaWithLink(world);
    const before = await anna.read(`${PAGE}/live`);

    await world.api("/user/connect-bot", { userId: 1707 });
    const live = await anna.get(`${PAGE}/live`);

    const after = await live.text();
    expect(before).toContain(URL_OF_BOT);
    expect(await anna.read(PAGE)).toContain(`data-live="${PAGE}/live"`);
    expect(after).toContain('data-testid="telegram-connected"');
    expect(after).toContain("К аккаунту «Анна Керн»");
    expect(after).not.toContain(URL_OF_BOT);
    expect(live.headers.get("cache-control")).toBe("no-store");
  });

  it("forgets a link that has done its work: after disconnecting it does not come back", async () => {
    const world = await startWorld();
    const anna = await annaWithLink(world);
    await world.api("/user/connect-bot", { userId: 1707 });
    await anna.read(PAGE);

    await anna.send("/profile/bot", { bot: "off" });

    expect(await anna.read(PAGE)).toContain('data-testid="telegram-expired"');
  });

  it("says after ten minutes that the link is too old, and gives a new one", async () => {
    const world = await startWorld();
    const anna = await annaWithLink(world);

    world.clock.pass(10 * MINUTE_MS - 1);
    const good = await anna.read(`${PAGE}/live`);
    world.clock.pass(1);
    const old = await anna.read(`${PAGE}/live`);
    world.bot.answers.push(startAnswer(world, "https://t.me/family_bot?start=new"));
    await anna.sendFrom(PAGE, PAGE);

    expect(good).toContain(URL_OF_BOT);
    expect(old).toContain('data-testid="telegram-expired"');
    expect(old).not.toContain(URL_OF_BOT);
    const page = await anna.read(PAGE);
    expect(page).toContain("start=new");
    expect(page).not.toContain(URL_OF_BOT);
  });

  it("hides the link from an open page once its visitor has signed out", async () => {
    const world = await startWorld();
    const cookie = await signIn(world, 1707);
    world.bot.answers.push(startAnswer(world));
    await sendForm(world, PAGE, {}, { Cookie: cookie });

    await sendForm(world, "/sign-out", {}, { Cookie: cookie });
    const live = await fetch(`${world.site.url}${PAGE}/live`, { headers: { Cookie: cookie } });

    expect(live.status).toBe(200);
    expect(await live.text()).toMatch(/^<section[^>]*data-testid="guest-hint"/);
  });

  it.each([
    ["is silent", "cut", 503, "Бот сейчас не отвечает"],
    ["is broken", { status: 500, body: "" }, 503, "Бот сейчас не отвечает"],
    [
      "could not ask the site",
      { body: { success: false, errorCode: "system-unavailable" } },
      503,
      "не отвечает",
    ],
    [
      "answers no link",
      { body: { success: true, url: "javascript:alert(1)", expiresAt: "2026-05-03T09:10:00Z" } },
      503,
      "не отвечает",
    ],
    ["is too busy", { status: 429, headers: { "Retry-After": "90" }, body: {} }, 503, "через 2 минуты"],
    [
      "refuses",
      { body: { success: false, errorCode: "user-blocked", message: "Заблокирован" } },
      409,
      "Заблокирован",
    ],
  ] as const)("says so when the bot %s, and tries again at a click", async (_, answer, status, words) => {
    const world = await startWorld();
    world.bot.answers.push(answer);
    const anna = visitor(world, 1707);

    const asked = await anna.send(PAGE);
    world.bot.answers.push(startAnswer(world));
    const again = await anna.send(PAGE);

    const page = await asked.text();
    expect(asked.status).toBe(status);
    expect(asked.headers.get("cache-control")).toBe("no-store");
    expect(page).toMatch(/data-testid="telegram-problem"/);
    expect(page).toContain(words);
    expect(page).toContain("Попробовать ещё раз");
    expect(page).not.toContain("javascript:");
    expect(again.headers.get("location")).toBe(PAGE);
  });

  it("asks for no link for whom the bot knows already", async () => {
    const world = await startWorld();
    await world.api("/user/connect-bot", { userId: 1707 });
    const anna = visitor(world, 1707);

    await anna.send(PAGE);

    expect(askedOf(world)).toEqual([]);
    expect(await anna.read(PAGE)).toContain('data-testid="telegram-connected"');
  });

  it("waits until the bot has heard of the disconnecting: told later, that would end the new connection", async () => {
    const world = await startWorld();
    await world.api("/user/connect-bot", { userId: 1707 });
    const anna = visitor(world, 1707);
    world.bot.answers.push("cut");
    await anna.send("/profile/bot", { bot: "off" });
    await expect.poll(() => anna.told("/profile")).toEqual([expect.stringMatching(/^unlink waiting/)]);

    const early = await anna.send(PAGE);
    await expect.poll(() => anna.told("/profile")).toEqual(["unlink sent: Бот пишет в Telegram"]);
    world.bot.answers.push(startAnswer(world));
    const later = await anna.send(PAGE);

    expect(early.status).toBe(503);
    expect(await early.text()).toContain("Бот ещё не узнал, что вы отключили Telegram");
    expect(later.headers.get("location")).toBe(PAGE);
    expect(askedOf(world).map(([alias]) => alias)).toEqual(["unlink", "unlink", "link/start"]);
  });

  it("is not begun by a form of another site", async () => {
    const world = await startWorld();
    const anna = visitor(world, 1707);

    const sent = await anna.send(PAGE, {}, { Origin: "https://evil.example" });

    expect(sent.status).toBe(403);
    expect(askedOf(world)).toEqual([]);
  });
});

/** A file's bytes as text; nothing where there is no such file. */
function contentsOf(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
}
