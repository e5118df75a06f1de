import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonAnswer } from "../world/json.ts";
import type { Person } from "../world/person.ts";
import { issueToken } from "../world/tokens.ts";
import { startWorld, type World } from "../world/world.ts";

let world: World;
let anna: Person;

beforeAll(async () => {
  world = await startWorld({ siteTells: false });
  anna = await world.person(1707);
  await anna.signIn();
});
afterAll(() => world?.close());

/** The parameters of a call that tells Anna of a new post. */
async function newsFor(words: string) {
  return { postId: await world.site.post(words), authorId: 3, userIds: [1707] };
}

const replayed = ({ headers }: JsonAnswer) => headers.get("idempotent-replayed");

/** How many calls there are whose data has these words. */
async function callsWith(words: string): Promise<unknown> {
  const db = await world.worker.database();
  return db.prepare("SELECT count(*) AS n FROM calls WHERE data LIKE ?").bind(`%${words}%`).first("n");
}

describe("a call with an Idempotency-Key", () => {
  it("sent again is answered with the first answer, says so, and tells nobody twice", async () => {
    const params = await newsFor("Повторённый вызов");

    const first = await world.api.call("post/new", params, { key: "repeat-1" });
    const second = await world.api.call("post/new", params, { key: "repeat-1" });

    expect(first.body.success).toBe(true);
    expect([replayed(first), replayed(second)]).toEqual([null, "true"]);
    expect(second.body).toEqual(first.body);
    await anna.sees("Повторённый вызов");
    await world.api.untilFinished(String(first.body.callId));
    await anna.settle();
    expect(await anna.count("Повторённый вызов")).toBe(1);
  });

  it("is refused with errorCode 409 where another body, or another alias, comes under that key", async () => {
    const params = await newsFor("Занятый ключ");
    await world.api.call("post/new", params, { key: "taken" });

    const others = [
      await world.api.call("post/new", { ...params, userIds: [1707, 127] }, { key: "taken" }),
      await world.api.call("comment/new", params, { key: "taken" }),
    ];

    for (const { status, headers, body } of others) {
      expect([status, headers.get("idempotent-replayed")]).toEqual([200, null]);
      expect(body).toEqual({
        success: false,
        errorCode: 409,
        message: "Этот Idempotency-Key уже использован с другим запросом",
      });
    }
  });

  it("sent a hundred times at once is one call: all others get its answer, or are told that it still runs", async () => {
    const params = await newsFor("Сто сразу");

    const answers = await Promise.all(
      Array.from({ length: 100 }, () => world.api.call("post/new", params, { key: "hundred" })),
    );

    const accepted = answers.filter(({ body }) => body.success === true);
    const running = answers.filter(({ body }) => body.errorCode === 409);
    expect(accepted.length + running.length).toBe(100);
    expect(accepted.filter((answer) => replayed(answer) === null)).toHaveLength(1);
    expect(new Set(accepted.map(({ body }) => body.callId)).size).toBe(1);
    for (const { body } of running) expect(body.message).toContain("ещё выполняется");
    expect(await callsWith("Сто сразу")).toBe(1);
    await anna.sees("Сто сразу");
    await anna.settle();
    expect(await anna.count("Сто сразу")).toBe(1);
  });

  it("has its key to itself: another token's same key is another call", async () => {
    const params = await newsFor("Чужой ключ");
    const token = await issueToken(world.worker);

    const mine = await world.api.call("post/new", params, { key: "shared" });
    const theirs = await world.api.call("post/new", params, { key: "shared", token });

    expect(theirs.headers.get("idempotent-replayed")).toBeNull();
    expect(theirs.body.callId).not.toBe(mine.body.callId);
  });

  it("is a validation error where the key is empty or too long", async () => {
    const params = await newsFor("Негодный ключ");

    for (const key of ["", "k".repeat(256)]) {
      const { body } = await world.api.call("post/new", params, { key });
      expect(body).toMatchObject({ success: false, errorCode: 422, errors: [{ path: "Idempotency-Key" }] });
    }
    expect((await world.api.call("post/new", params, { key: "k".repeat(255) })).body.success).toBe(true);
  });

  it("that was invalid may be sent right under the same key: nothing was done under it", async () => {
    const params = await newsFor("Исправленный вызов");

    const wrong = await world.api.call("post/new", { ...params, userIds: "1707" }, { key: "mended" });
    const right = await world.api.call("post/new", params, { key: "mended" });

    expect([wrong.body.errorCode, right.body.success]).toEqual([422, true]);
  });

  it("that broke inside is done by the next try under its key, once", async () => {
    const params = await newsFor("После поломки");
    const db = await world.worker.database();
    await db.prepare("ALTER TABLE calls RENAME TO mislaid").run();

    const broken = await world.api.call("post/new", params, { key: "broken" });
    await db.prepare("ALTER TABLE mislaid RENAME TO calls").run();
    const mended = await world.api.call("post/new", params, { key: "broken" });

    expect([broken.status, mended.status, mended.body.success]).toEqual([500, 200, true]);
    expect(await callsWith("После поломки")).toBe(1);
    await anna.sees("После поломки");
  });

  it("that failed for now, as the main system was silent, is done by the next try under its key", async () => {
    const params = await newsFor("После молчания");
    world.line.disturb("/post", { kind: "cut" });

    const failed = await world.api.call("post/new", params, { key: "silent" });
    world.line.well();
    const done = await world.api.call("post/new", params, { key: "silent" });
    const again = await world.api.call("post/new", params, { key: "silent" });

    expect(failed.body.errorCode).toBe("system-unavailable");
    expect([done.body.success, replayed(done)]).toEqual([true, null]);
    expect([again.body, replayed(again)]).toEqual([done.body, "true"]);
    await anna.sees("После молчания");
  });
});
