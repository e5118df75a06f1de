import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../../examples/family-site/data/database.ts";
import { STEPS } from "../../../examples/family-site/data/tables.ts";
import { START } from "./fake-clock.ts";
import { askedOf, visitor } from "./visitor.ts";
import { startWorld } from "./world.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "family-site-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A database as the first version of the site left it: a family of one, a post of which the bot was not told yet. */
function firstVersion(file: string): void {
  const old = new DatabaseSync(file);
  old.exec(`${STEPS[0]} PRAGMA user_version = 1;`);
  old.exec(`
    INSERT INTO users (id, surname, name, role, phone) VALUES
      (127, 'Пушкин', 'Александр', 'user', '79187777777'), (1707, 'Керн', 'Анна', 'user', '79161234567'),
      (2, 'Пушкин', 'Лев', 'user', NULL), (9, 'Плетнёв', 'Пётр', 'manager', NULL);
    INSERT INTO posts (id, author_id, text, created_at) VALUES (41, 127, 'Старая запись', ${START});
    INSERT INTO comments (id, post_id, author_id, text, created_at) VALUES (7, 41, 1707, 'Старый ответ', ${START});
    INSERT INTO outbox (key, alias, params, post_id, comment_id, state, due_at, deadline_at, recipients) VALUES
      ('key-1', 'post/new', '{"postId":41,"userIds":[1707]}', 41, NULL, 'waiting', ${START}, ${START + 1000}, NULL),
      ('key-2', 'comment/new', '{"postId":41,"userIds":[127]}', 41, 7, 'sent', ${START}, ${START + 1000},
        '{"total":1,"queued":1,"paused":0,"unlinked":0,"blocked":0}');
  `);
  old.close();
}

describe("a database of the site's first version", () => {
  it("keeps its people, posts and what waits for the bot, and gets the shop and the helpdesk", async () => {
    const file = join(folder, "site.sqlite");
    firstVersion(file);

    const world = await startWorld({ file });

    await expect.poll(() => askedOf(world)).toEqual([["post/new", { postId: 41, userIds: [1707] }]]);
    expect(world.bot.calls[0]?.headers["idempotency-key"]).toBe("key-1");
    expect((await world.api("/user?userId=127")).body).toMatchObject({ name: "Александр", isActive: true });
    expect((await world.api("/cart/127")).status).toBe(200);
    expect((await world.api("/requests/1")).body).toMatchObject({ userId: 127 });
    const page = await visitor(world, 127).read("/posts/41");
    expect(page).toMatch(/Старый ответ[\s\S]*Бот рассказывает 1 из 1 родного/);
  });

  it("is brought up to date once: what was ordered does not come back into the cart", async () => {
    const file = join(folder, "site.sqlite");
    firstVersion(file);
    const first = await startWorld({ file });
    await visitor(first, 127).send("/cart/order");
    await first.site.close();

    const second = await startWorld({ file, fakeClock: first.clock });

    expect((await second.api("/cart/127")).status).toBe(404);
    expect((await second.api("/requests/4")).status).toBe(404);
  });
});

describe("a database of a later version", () => {
  it("is not touched", () => {
    const file = join(folder, "site.sqlite");
    const later = new DatabaseSync(file);
    later.exec("PRAGMA user_version = 99;");
    later.close();

    expect(() => openDatabase(file)).toThrow("The database has version 99");
  });
});
