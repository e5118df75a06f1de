import { describe, expect, it } from "vitest";
import { openDatabase } from "../../../examples/family-site/data/database.ts";
import { addNotice, markWaiting, nextDue, nextDueAt } from "../../../examples/family-site/data/outbox.ts";
import { askedOf, visitor } from "./visitor.ts";
import { startWorld, type World } from "./world.ts";

const SECOND = 1000;
const ANNA = "/admin/users/1707";

const block = (world: World) => visitor(world, 9).send(`${ANNA}/block`, { reason: "Так" });
const unblock = (world: World) => visitor(world, 9).send(`${ANNA}/unblock`);
const told = (world: World) => visitor(world, 9).told(ANNA);

describe("what is told of one person", () => {
  it("is told in its order, whatever the bot refuses for the moment", async () => {
    const world = await startWorld();
    world.bot.answers.push({ status: 503, body: {} });
    await block(world);
    await expect.poll(() => told(world)).toEqual([expect.stringMatching(/^users\/block waiting: .* 503/)]);

    await unblock(world);
    await visitor(world, 127).sendFrom("/profile", "/profile", { city: "Псков" });

    // Another person is told meanwhile: the line is one person's own.
    await expect.poll(() => askedOf(world).map(([alias]) => alias)).toEqual(["users/block", "users/update"]);
    world.clock.pass(SECOND);
    await expect
      .poll(() => askedOf(world).map(([alias]) => alias))
      .toEqual(["users/block", "users/update", "users/block", "users/unblock"]);
  });

  it("wakes nobody before the first in line is due", () => {
    const db = openDatabase(":memory:");
    const about = { alias: "users/block", params: {}, subject: "user:1", part: null, now: 0 } as const;
    addNotice(db, { ...about, key: "a" });
    addNotice(db, { ...about, key: "b" });

    markWaiting(db, 1, 5000, "бот ответил 503");

    expect([nextDue(db, 4999), nextDueAt(db)]).toEqual([null, 5000]);
    expect(nextDue(db, 5000)).toMatchObject({ key: "a" });
    db.close();
  });

  it("goes on after a refusal, which can be repeated only while nothing newer was told", async () => {
    const world = await startWorld();
    const refusal = { body: { success: false, message: "Пользователь не найден" } };
    world.bot.answers.push(refusal, refusal);
    const retry = (notice: number) => visitor(world, 9).send(`/notices/${notice}/retry`, { back: ANNA });
    await block(world);
    await expect
      .poll(() => told(world))
      .toEqual(["users/block failed: Бот отказался: Пользователь не найден"]);
    await unblock(world);
    await expect.poll(() => world.bot.calls.length).toBe(2);
    await expect.poll(async () => (await told(world))[0]).toMatch(/^users\/unblock failed/);

    await retry(1);
    const repeated = await retry(2);

    expect(repeated.headers.get("location")).toBe(ANNA);
    await expect
      .poll(() => told(world))
      .toEqual([
        "users/unblock sent: Бот пишет в Telegram",
        "users/block failed: Бот отказался: Пользователь не найден",
      ]);
    expect(askedOf(world).map(([alias]) => alias)).toEqual(["users/block", "users/unblock", "users/unblock"]);
    const page = await visitor(world, 9).read(ANNA);
    expect(page).not.toContain('data-testid="bot-retry"');
  });

  it.each([
    [{ queued: 0, unlinked: 1 }, "У получателя нет бота"],
    [{ queued: 0, unlinked: 0, paused: 1 }, "У получателя пауза: бот расскажет, когда она кончится"],
    [{ queued: 0, unlinked: 0, blocked: 1 }, "Получатель заблокировал бота"],
    [{ queued: 0, unlinked: 0 }, "Бот принял, но никому не пишет"],
    [undefined, "Бот принял"],
  ])("is shown with what the bot answered: %o", async (found, words) => {
    const world = await startWorld();
    world.bot.answers.push({ body: { success: true, recipients: found && { total: 1, ...found } } });

    await block(world);

    await expect.poll(() => told(world)).toEqual([`users/block sent: ${words}`]);
  });

  it("renews itself on an open page, and leads a retry nowhere but to this site", async () => {
    const world = await startWorld();
    world.bot.answers.push({ body: { success: false, message: "Нет" } });
    await block(world);
    await expect.poll(() => told(world)).toEqual(["users/block failed: Бот отказался: Нет"]);

    const live = (query: string) => fetch(`${world.site.url}/told/user/1707${query}`);
    const piece = await (await live("?back=%2F%2Fevil.example")).text();

    expect(piece).toContain('value="/"');
    expect(await (await live(`?back=${ANNA}`)).text()).toContain(`value="${ANNA}"`);
    expect((await fetch(`${world.site.url}/told/pictures/1`)).status).toBe(404);
    const away = await visitor(world, 9).send("/notices/1/retry", { back: "https://evil.example" });
    expect(away.headers.get("location")).toBe("/");
  });
});
