import { describe, expect, it } from "vitest";
import { fingerprint, once } from "../../../examples/family-site/data/answers.ts";
import { openDatabase } from "../../../examples/family-site/data/database.ts";
import { startWorld } from "./world.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

describe("a call with an Idempotency-Key", () => {
  it("is done once and answered alike every time", async () => {
    const { api, bot } = await startWorld();
    const body = { authorId: 127, text: "Едем!" };

    const answers = await Promise.all(
      Array.from({ length: 5 }, () => api("/post/3/comments", body, { "Idempotency-Key": "reply-1" })),
    );

    expect(new Set(answers.map((answer) => answer.body.commentId)).size).toBe(1);
    expect(answers.filter((answer) => answer.headers.get("Idempotent-Replayed") === "true")).toHaveLength(4);
    expect((await api("/post/3/comments")).body.comments).toHaveLength(4);
    await expect.poll(() => bot.calls.length).toBe(1);
  });

  it("is refused with another body, and with another address", async () => {
    const { api } = await startWorld();
    const key = { "Idempotency-Key": "reply-1" };
    await api("/post/3/comments", { authorId: 127, text: "Едем!" }, key);

    const other = await api("/post/3/comments", { authorId: 127, text: "Не едем" }, key);
    const elsewhere = await api("/post/2/comments", { authorId: 127, text: "Едем!" }, key);

    expect(other).toMatchObject({ status: 409, body: { error: "idempotency-key-reused" } });
    expect(elsewhere.status).toBe(409);
  });

  it("covers registration, so that a lost answer makes no second user", async () => {
    const { api } = await startWorld();
    const body = { firstname: "Николай", phone: "79001234567" };

    const first = await api("/user", body, { "Idempotency-Key": "u" });
    const again = await api("/user", body, { "Idempotency-Key": "u" });

    expect(again).toMatchObject({ status: 200, body: first.body });
  });

  it("is forgotten after a day", async () => {
    const { api, clock } = await startWorld();
    const say = () => api("/post/3/comments", { authorId: 127, text: "Едем!" }, { "Idempotency-Key": "k" });
    const first = await say();

    clock.pass(DAY_MS - 1);
    const lastMoment = await say();
    clock.pass(1);
    const nextDay = await say();

    expect(lastMoment.body).toEqual(first.body);
    expect(nextDay.body).not.toEqual(first.body);
  });

  it("leaves neither effect nor answer behind when the effect fails half way", () => {
    const db = openDatabase(":memory:");
    const call = { key: "k", fingerprint: fingerprint("a"), now: 0 };
    const addPicture = () => db.run("INSERT INTO pictures (type, bytes) VALUES ('image/png', x'00')");

    const broken = () =>
      once(db, call, () => {
        addPicture();
        throw new Error("the power went");
      });

    expect(broken).toThrow("the power went");
    expect(db.all("SELECT id FROM pictures")).toEqual([]);
    expect(once(db, call, () => ({ status: 200, body: "{}" })).kind).toBe("done");
    db.close();
  });

  it("does not take an endless key", async () => {
    const { api } = await startWorld();

    const answer = await api(
      "/post/3/comments",
      { authorId: 127, text: "a" },
      { "Idempotency-Key": "k".repeat(256) },
    );

    expect(answer.status).toBe(400);
  });
});
