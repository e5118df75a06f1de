import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { askJson, type JsonObject } from "../world/json.ts";
import type { Person } from "../world/person.ts";
import { addSecondBot, issueToken } from "../world/tokens.ts";
import { until } from "../world/until.ts";
import { startWorld, type World } from "../world/world.ts";

let world: World;
let anna: Person;

beforeAll(async () => {
  world = await startWorld({ siteTells: false });
  await addSecondBot(world.worker);
  anna = await world.person(1707);
  await anna.signIn();
});
afterEach(() => world.telegram.well());
afterAll(() => world?.close());

const ask = (method: string, path: string, token = "dev-token", base = world.api.bot) =>
  askJson(`${base}${path}`, { method, headers: { Authorization: `Bearer ${token}` } });
const health = async (token?: string): Promise<JsonObject> => (await ask("GET", "/health", token)).body;

const Letters = z.looseObject({
  letters: z.array(z.looseObject({ id: z.string(), redrivenAt: z.string().nullable() })),
  nextCursor: z.string().nullable(),
});
const letters = async (token?: string, query = "") =>
  Letters.parse((await ask("GET", `/dead-letters${query}`, token)).body);

/** A call to Anna that Telegram will not have, with the letter that comes of it. */
async function givenUp(words: string): Promise<{ callId: string; letterId: string }> {
  await world.telegram.fault({
    user: 1707,
    method: "sendMessage",
    status: 400,
    description: "Bad Request: message is too long",
  });
  const postId = await world.site.post(words);
  const { callId } = await world.api.accepted("post/new", { postId, authorId: 3, userIds: [1707] });
  const seen = await until(
    "a dead letter of the call",
    () => letters(),
    ({ letters }) => letters.some((letter) => letter.callId === callId),
  );
  return { callId, letterId: seen.letters.find((letter) => letter.callId === callId)?.id ?? "" };
}

const redrive = async (letterId: string, token?: string) =>
  ask("POST", `/dead-letters/${letterId}/redrive`, token);

describe("the health of a bot", () => {
  it("is well where nothing is wrong", async () => {
    expect(await health()).toEqual({
      success: true,
      ok: true,
      problems: [],
      webhook: { state: "known", isSet: true, pendingUpdates: 0, lastErrorAt: null, lastErrorMessage: null },
      pace: { ceiling: 30, perSecond: 30, heldUntil: null, calls: 0 },
      queueAgeMs: null,
      deadLetters: 0,
      calls: { scheduled: 0, resolving: 0, running: 0, paused: 0 },
    });
  });

  it("counts the calls that have an end to come", async () => {
    const sendAt = new Date(Date.now() + 3_600_000).toISOString();
    const body = JSON.stringify({
      script_request_params: { postId: 1, authorId: 3, userIds: [1707] },
      sendAt,
    });
    const calls = await Promise.all([world.api.send("post/new", body), world.api.send("post/new", body)]);
    const [first, second] = calls.map((answer) => `/calls/${answer.body.callId}`);
    await ask("POST", `${first}/pause`);

    expect((await health()).calls).toEqual({ scheduled: 1, resolving: 0, running: 0, paused: 1 });
    await Promise.all([ask("POST", `${first}/cancel`), ask("POST", `${second}/cancel`)]);
  });

  it("says that Telegram does not answer, in time", async () => {
    await world.telegram.fault({ method: "getWebhookInfo", delay_ms: 8_000 });
    const began = Date.now();

    const { ok, problems, webhook } = await health();

    expect({ ok, problems, webhook }).toEqual({
      ok: false,
      problems: ["webhook-unknown"],
      webhook: { state: "unknown" },
    });
    expect(Date.now() - began).toBeLessThan(7_500);
  });

  it("says so where Telegram refuses, and tells no secret", async () => {
    await world.telegram.fault({ method: "getWebhookInfo", status: 401, description: "Unauthorized" });

    const told = await health();

    expect(told.problems).toEqual(["webhook-unknown"]);
    expect(JSON.stringify(told)).not.toContain("100001");
    expect(world.worker.logs.join()).not.toContain("100001:DEMO");
  });

  it("is for those who hold a token of the bot", async () => {
    const other = await issueToken(world.worker, { bots: ["2"] });

    for (const path of ["/health", "/dead-letters"]) {
      expect((await ask("GET", path, "wrong")).status).toBe(401);
      expect((await ask("GET", path, other)).status).toBe(403);
      expect((await ask("GET", path, "dev-token", world.worker.url)).status).toBe(200);
    }
  });
});

describe("a dead letter", () => {
  it("says who was given up and why, is a problem, and is sent again once", async () => {
    const { callId, letterId } = await givenUp("Письмо вернулось");
    const before = await health();
    await world.api.untilReport(callId, ({ state }) => state === "finished");

    const first = await redrive(letterId);
    const second = await redrive(letterId);

    expect((await letters()).letters).toMatchObject([
      {
        id: letterId,
        kind: "delivery",
        callId,
        seq: 0,
        reason: "channel-refused",
        cause: expect.stringContaining("message is too long"),
        redrivenAt: expect.any(String),
      },
    ]);
    expect([before.ok, before.problems, before.deadLetters]).toEqual([false, ["dead-letters"], 1]);
    expect(first.body).toEqual({ success: true, id: letterId });
    expect(second.body).toEqual({
      success: false,
      errorCode: "already-redriven",
      message: "Недоставленное уже отправлено повторно",
    });
    await anna.sees("Письмо вернулось");
    const report = await world.api.untilReport(callId, ({ state }) => state === "finished");
    expect(report.states).toMatchObject({ sent: 1, failed: 0 });
    expect((await health()).ok).toBe(true);
    await anna.settle();
    expect(await anna.count("Письмо вернулось")).toBe(1);
  });

  it("is done with once its call was redriven", async () => {
    const { callId, letterId } = await givenUp("Все вместе");
    await world.api.untilReport(callId, ({ state }) => state === "finished");

    await ask("POST", `/calls/${callId}/redrive`);

    expect((await redrive(letterId)).body.errorCode).toBe("already-redriven");
    expect((await health()).deadLetters).toBe(0);
    await anna.sees("Все вместе");
  });

  it("that fails once more lies there anew", async () => {
    const { callId, letterId } = await givenUp("Опять не вышло");
    await world.api.untilReport(callId, ({ state }) => state === "finished");
    await world.telegram.fault({
      user: 1707,
      method: "sendMessage",
      status: 400,
      description: "Bad Request: message is too long",
    });

    await redrive(letterId);
    await until(
      "the letter is back",
      () => health(),
      ({ deadLetters }) => deadLetters === 1,
    );

    await world.api.untilReport(callId, ({ state }) => state === "finished");
    expect((await redrive(letterId)).body.success).toBe(true);
    await anna.sees("Опять не вышло");
  });

  it("is shown to those who may call its alias alone, and by pages", async () => {
    const { letterId } = await givenUp("Не для всех");
    const comments = await issueToken(world.worker, { aliases: ["comment/*"] });
    const posts = await issueToken(world.worker, { aliases: ["post/*"] });

    expect((await letters(comments)).letters).toEqual([]);
    expect((await redrive(letterId, comments)).body.errorCode).toBe("dead-letter-not-found");
    expect((await letters(posts)).letters[0]?.id).toBe(letterId);
    const [page, all] = [await letters(undefined, "?limit=1"), await letters()];
    const next = await letters(undefined, `?limit=1&cursor=${page.nextCursor}`);
    expect([page.letters[0]?.id, next.letters[0]?.id]).toEqual(all.letters.slice(0, 2).map(({ id }) => id));
    expect((await ask("GET", "/dead-letters?cursor=x")).body.errorCode).toBe(422);
    expect((await redrive("no-such-letter")).body.message).toBe("Недоставленное не найдено");
  });
});
