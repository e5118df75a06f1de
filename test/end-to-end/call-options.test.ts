import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { askJson, type JsonAnswer, jsonRequest } from "../world/json.ts";
import type { Person } from "../world/person.ts";
import { issueToken } from "../world/tokens.ts";
import { until } from "../world/until.ts";
import { startWorld, type World } from "../world/world.ts";

let world: World;
let anna: Person;
let alexander: Person;

beforeAll(async () => {
  world = await startWorld({ siteTells: false });
  [anna, alexander] = await Promise.all([world.person(1707), world.person(127)]);
  await Promise.all([anna.signIn(), alexander.signIn()]);
});
afterAll(() => world?.close());

const GOOD = { postId: 1, authorId: 3, userIds: [1707] };
const soon = (ms: number) => new Date(Date.now() + ms).toISOString();

/** A call with something beside its parameters. */
const callWith = (params: object, beside: object, key?: string) =>
  world.api.send(
    "post/new",
    JSON.stringify({ script_request_params: params, ...beside }),
    key === undefined ? {} : { key },
  );

/** What is wrong with a call, where. */
const problemsOf = ({ body }: JsonAnswer) =>
  z.array(z.object({ path: z.string(), message: z.string() })).parse(body.errors);

/** How many rows tables have. */
async function rows(...tables: readonly string[]) {
  const db = await world.worker.database();
  const counts = tables.map((table) => db.prepare(`SELECT count(*) AS n FROM ${table}`).first("n"));
  return Promise.all(counts);
}

describe("a dry run", () => {
  it("counts, renders the first message for one recipient, and writes and sends nothing", async () => {
    const postId = await world.site.post("Проба пера");
    const tables = ["calls", "ledger_pages", "idempotency_keys"] as const;
    const before = await rows(...tables);

    const params = { ...GOOD, postId, userIds: [1707, "nobody"] };
    const { status, headers, body } = await callWith(params, { dryRun: true }, "dry");

    expect([status, headers.get("idempotent-replayed")]).toEqual([200, null]);
    expect(body).toEqual({
      success: true,
      dryRun: true,
      recipients: { total: 2, queued: 1, paused: 0, unlinked: 1, blocked: 0 },
      preview: {
        userId: 1707,
        language: "ru",
        messages: [
          {
            html: expect.stringContaining("Проба пера"),
            picture: null,
            buttons: [[{ label: "Ответить" }], [{ label: "Открыть на сайте", url: expect.any(String) }]],
          },
        ],
      },
    });
    expect(await rows(...tables)).toEqual(before);
    await anna.settle();
    expect(await anna.count("Проба пера")).toBe(0);
  });

  it("shows what a nameless person would be told where nobody is there", async () => {
    const { body } = await callWith({ ...GOOD, userIds: ["nobody"] }, { dryRun: true });

    expect(body).toMatchObject({
      recipients: { total: 1, queued: 0 },
      preview: { userId: null, language: "ru" },
    });
  });

  it("counts an audience by rule", async () => {
    const { body } = await callWith({ postId: 1, authorId: 3, audience: { linked: true } }, { dryRun: true });

    expect(body).toMatchObject({ success: true, recipients: { total: 2, queued: 2 } });
  });

  it("refuses what the call itself would refuse", async () => {
    const missing = await callWith({ ...GOOD, postId: 404404 }, { dryRun: true });
    const wrong = await callWith({ ...GOOD, userIds: [] }, { dryRun: true });
    const late = await callWith(GOOD, { dryRun: true, expiresAt: soon(-1000) });

    expect(missing.body.errorCode).toBe("post-not-found");
    expect([wrong.body.errorCode, late.body.errorCode]).toEqual([422, 422]);
  });

  it("tells that the main system is silent", async () => {
    world.line.disturb("/post", { kind: "cut" });

    const { body } = await callWith(GOOD, { dryRun: true });
    world.line.well();

    expect(body.errorCode).toBe("system-unavailable");
  });
});

describe("the recipients of a call", () => {
  it("are named in one way: none and two are told at their place, in the bot's language", async () => {
    const [neither, both] = await Promise.all([
      callWith({ postId: 1, authorId: 3 }, {}),
      callWith({ ...GOOD, audience: { linked: true } }, {}),
    ]);

    for (const answer of [neither, both])
      expect(problemsOf(answer)).toEqual([
        {
          path: "script_request_params.userIds",
          message: "Укажите, кому сообщить: одно из userIds, personIds, leadIds, audience",
        },
      ]);
  });

  it("may not be an empty rule, or one of unknown words", async () => {
    const audience = (rule: object) => callWith({ postId: 1, authorId: 3, audience: rule }, {});

    expect(problemsOf(await audience({}))).toEqual([
      { path: "script_request_params.audience", message: "Правило пусто" },
    ]);
    expect(problemsOf(await audience({ tags: "x" }))[0]?.path).toBe("script_request_params.audience");
  });

  it("by rule are told, each once, and the author of a comment is left out", async () => {
    const postId = await world.site.post("Пост для правила");
    const { body } = await world.api.call("comment/new", {
      postId,
      authorId: 3,
      commentAuthorId: 127,
      comment: "Слово по правилу",
      audience: { linked: true },
    });
    expect(body).toMatchObject({ success: true, state: "resolving", recipients: null });

    await anna.sees("Слово по правилу");
    const report = await until(
      "the end of the call",
      () => world.api.report(String(body.callId)),
      ({ state }) => state === "finished",
    );

    expect(report.recipients.map(({ userId, state }) => [userId, state])).toEqual([[1707, "sent"]]);
    await Promise.all([anna.settle(), alexander.settle()]);
    expect([await anna.count("Слово по правилу"), await alexander.count("Слово по правилу")]).toEqual([1, 0]);
  });
});

describe("the times of a call", () => {
  it("are told at their place where they make no sense", async () => {
    const wrong = async (beside: object) => problemsOf(await callWith(GOOD, beside)).map(({ path }) => path);

    expect(await wrong({ sendAt: "tomorrow" })).toEqual(["sendAt"]);
    expect(await wrong({ sendAt: "2030-01-01T10:00:00" })).toEqual(["sendAt"]);
    expect(await wrong({ sendAt: soon(400 * 86_400_000) })).toEqual(["sendAt"]);
    expect(await wrong({ expiresAt: soon(-1) })).toEqual(["expiresAt"]);
    expect(await wrong({ sendAt: soon(60_000), expiresAt: soon(30_000) })).toEqual(["expiresAt"]);
    expect(await wrong({ dryRun: "yes" })).toEqual(["dryRun"]);
  });

  it("hold a call back until its time, and then it goes", async () => {
    const postId = await world.site.post("Всему своё время");

    const { body } = await callWith({ ...GOOD, postId }, { sendAt: soon(3_000) });
    const waiting = await world.api.report(String(body.callId));
    await anna.settle();
    const early = await anna.count("Всему своё время");

    expect([body.state, waiting.state, early]).toEqual(["scheduled", "scheduled", 0]);
    await anna.sees("Всему своё время");
  });

  it("do not take back an answer that was given: a call that is repeated when it is too late is replayed", async () => {
    const beside = { expiresAt: soon(2_000) };

    const first = await callWith(GOOD, beside, "late");
    await until(
      "the call is too late",
      () => Date.now(),
      (now) => now > Date.parse(beside.expiresAt),
    );
    const again = await callWith(GOOD, beside, "late");
    const other = await callWith(GOOD, beside, "later");

    expect([again.headers.get("idempotent-replayed"), again.body]).toEqual(["true", first.body]);
    expect(problemsOf(other).map(({ path }) => path)).toEqual(["expiresAt"]);
  });
});

describe("a token's limit", () => {
  it("turns calls over it away with 429 and when to come again, and nothing else", async () => {
    const token = await issueToken(world.worker, { aliases: ["post/*"] });
    const db = await world.worker.database();
    await db
      .prepare("UPDATE api_tokens SET calls_per_minute = 3 WHERE aliases = ?")
      .bind(JSON.stringify(["post/*"]))
      .run();
    const request = { ...jsonRequest("POST", { script_request_params: GOOD, dryRun: true }) };
    const headers = { ...request.headers, Authorization: `Bearer ${token}` };
    const call = () => askJson(`${world.api.bot}/call/post/new`, { ...request, headers });
    // So that no minute ends in between.
    await until(
      "the minute is young",
      () => Date.now() % 60_000,
      (ms) => ms < 50_000,
      15_000,
    );

    const answers = [];
    for (let made = 0; made < 5; made += 1) answers.push(await call());
    const list = await askJson(`${world.api.bot}/calls`, { headers });

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
    const last = answers.at(-1);
    expect(last?.body).toEqual({ success: false, message: "Слишком много вызовов, повторите позже" });
    expect(Number(last?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(Number(last?.headers.get("retry-after"))).toBeLessThanOrEqual(60);
    expect(list.status).toBe(200);
  });
});
