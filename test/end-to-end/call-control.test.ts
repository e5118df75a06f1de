import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { outcomeOf } from "../world/api.ts";
import { askJson } from "../world/json.ts";
import type { Person } from "../world/person.ts";
import { addSecondBot, issueToken } from "../world/tokens.ts";
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

const headersOf = (token = "dev-token") => ({ headers: { Authorization: `Bearer ${token}` } });
const get = (path: string, token?: string, base = world.api.bot) =>
  askJson(`${base}${path}`, headersOf(token));
const control = (callId: string, verb: string, token?: string, base = world.api.bot) =>
  askJson(`${base}/calls/${callId}/${verb}`, { method: "POST", ...headersOf(token) });

/** A call that tells Anna of a post, and what stands beside its parameters. */
async function callFor(words: string, beside: object = {}): Promise<string> {
  const postId = await world.site.post(words);
  const params = { postId, authorId: 3, userIds: [1707, "nobody"] };
  const { body } = await world.api.send(
    "post/new",
    JSON.stringify({ script_request_params: params, ...beside }),
  );
  return z.string().parse(body.callId);
}

const later = () => new Date(Date.now() + 3_600_000).toISOString();

/** How often Anna has heard `words` by now. */
async function heard(words: string): Promise<number> {
  await anna.settle();
  return anna.count(words);
}

/** Longer than the first retry of what was put off takes to come. */
const retryIsDue = () => pause(2_500);

/** Anna's phone can't be reached: what is sent to her is put off. */
const outOfOrder = () =>
  world.telegram.fault({ user: 1707, method: "sendMessage", times: null, status: 500, description: "Down" });
/** Telegram will not have what is sent to Anna. */
const refused = () =>
  world.telegram.fault({
    user: 1707,
    method: "sendMessage",
    times: null,
    status: 400,
    description: "Bad Request: message is too long",
  });

describe("cancel", () => {
  it("stops a call that waits for its time, for good, and may be asked twice", async () => {
    const callId = await callFor("Отменено заранее", { sendAt: later() });

    const first = await control(callId, "cancel");
    const second = await control(callId, "cancel");

    expect(first.body).toMatchObject({ success: true, callId, state: "cancelled", onTheWire: 0 });
    expect(first.body.states).toMatchObject({ queued: 0, cancelled: 1, unlinked: 1 });
    expect([second.body.success, second.body.state]).toEqual([true, "cancelled"]);
    expect((await get(`/calls/${callId}`)).body).toMatchObject({ state: "cancelled" });
    for (const verb of ["pause", "resume", "redrive"])
      expect((await control(callId, verb)).body).toEqual({
        success: false,
        errorCode: "call-finished",
        message: "Вызов уже завершён",
      });
  });

  it("keeps from leaving what was put off, and the ledger says so", async () => {
    await outOfOrder();
    const callId = await callFor("Отменено в пути");
    await world.api.untilReport(callId, ({ states }) => states.deferred === 1);

    const { body } = await control(callId, "cancel");
    await world.telegram.well();
    await retryIsDue();

    expect(body.states).toMatchObject({ deferred: 0, cancelled: 1 });
    expect(await heard("Отменено в пути")).toBe(0);
  });

  it("comes too late for a call that is through", async () => {
    const callId = await callFor("Уже отправлено");
    await world.api.untilReport(callId, ({ state }) => state === "finished");

    for (const verb of ["cancel", "pause", "resume"])
      expect((await control(callId, verb)).body.errorCode).toBe("call-finished");
    expect(await heard("Уже отправлено")).toBe(1);
  });
});

describe("pause", () => {
  it("holds a call until it is resumed", async () => {
    await outOfOrder();
    const callId = await callFor("Постой и пойдём");
    await world.api.untilReport(callId, ({ states }) => states.deferred === 1);

    const paused = await control(callId, "pause");
    await world.telegram.well();
    await retryIsDue();
    const report = await get(`/calls/${callId}`);
    const meanwhile = await heard("Постой и пойдём");
    const again = await control(callId, "pause");
    const resumed = await control(callId, "resume");

    expect([paused.body.state, again.body.state, resumed.body.state]).toEqual([
      "paused",
      "paused",
      "running",
    ]);
    expect(report.body).toMatchObject({ state: "paused", rate: null, secondsLeft: null });
    expect([meanwhile, resumed.body.changed]).toEqual([0, 1]);
    await anna.sees("Постой и пойдём");
  });

  it("holds a call that waits for its time, which then waits on", async () => {
    const callId = await callFor("Не сейчас", { sendAt: later() });

    const paused = await control(callId, "pause");
    const resumed = await control(callId, "resume");
    await control(callId, "cancel");

    expect([paused.body.state, resumed.body.state]).toEqual(["paused", "scheduled"]);
  });
});

describe("redrive", () => {
  it("sends those who failed once more, and nobody else", async () => {
    await refused();
    const callId = await callFor("Вторая попытка");
    await world.api.untilReport(callId, ({ state, states }) => state === "finished" && states.failed === 1);
    await world.telegram.well();

    const { body } = await control(callId, "redrive");

    expect(body).toMatchObject({ success: true, callId, changed: 1 });
    await anna.sees("Вторая попытка");
    const report = await world.api.untilReport(callId, ({ state }) => state === "finished");
    expect(report.states).toMatchObject({ sent: 1, failed: 0, unlinked: 1 });
    expect((await control(callId, "redrive")).body).toEqual({
      success: false,
      errorCode: "nothing-failed",
      message: "Неудачных отправок нет, повторять нечего",
    });
    expect(await heard("Вторая попытка")).toBe(1);
  });
});

describe("an end", () => {
  it("keeps from leaving what was put off until then, and the ledger says so", async () => {
    await outOfOrder();
    const expiresAt = new Date(Date.now() + 2_000).toISOString();
    const callId = await callFor("Опоздало", { expiresAt });

    const report = await world.api.untilReport(callId, ({ state }) => state === "finished");
    await world.telegram.well();
    await retryIsDue();

    expect(outcomeOf(report, 1707)).toBe("expired: not-sent");
    expect(report.expiresAt).toBe(expiresAt);
    expect(await heard("Опоздало")).toBe(0);
  });
});

describe("the control of calls", () => {
  it("knows no call that is not there, or is another bot's, and none for a token without its alias", async () => {
    const callId = await callFor("Чужой вызов", { sendAt: later() });
    const both = await issueToken(world.worker, { bots: ["1", "2"] });
    const comments = await issueToken(world.worker, { aliases: ["comment/*"] });
    const second = `${world.worker.url}/api/v1/bots/2`;

    for (const verb of ["cancel", "pause", "resume", "redrive"]) {
      expect((await control("no-such-call", verb)).body.errorCode).toBe("call-not-found");
      expect((await control(callId, verb, both, second)).body.message).toBe("Call not found");
      expect((await control(callId, verb, comments)).body.errorCode).toBe("call-not-found");
      expect((await control(callId, verb, "wrong")).status).toBe(401);
      expect((await get(`/calls/${callId}/${verb}`)).status).toBe(404);
    }
    expect((await get(`/calls/${callId}`)).body.state).toBe("scheduled");
    await control(callId, "cancel");
  });
});

const List = z.looseObject({
  calls: z.array(z.looseObject({ callId: z.string(), alias: z.string(), state: z.string() })),
  nextCursor: z.string().nullable(),
});

describe("the list of calls", () => {
  it("has the newest first, by pages, each call once", async () => {
    const made = [];
    for (const words of ["Первый", "Второй", "Третий"])
      made.unshift(await callFor(words, { sendAt: later() }));
    const seen: string[] = [];

    let cursor: string | null = "";
    while (cursor !== null) {
      const page: z.infer<typeof List> = List.parse(
        (await get(`/calls?limit=2&state=scheduled${cursor && `&cursor=${cursor}`}`)).body,
      );
      seen.push(...page.calls.map(({ callId }) => callId));
      cursor = page.nextCursor;
    }

    expect(seen.slice(0, 3)).toEqual(made);
    expect(new Set(seen).size).toBe(seen.length);
    const [call] = List.parse((await get("/calls?limit=1")).body).calls;
    expect(call).toMatchObject({
      callId: made[0],
      alias: "post/new",
      state: "scheduled",
      accepted: { total: 2, queued: 1, unlinked: 1 },
      sendAt: expect.any(String),
      expiresAt: null,
      finishedAt: null,
    });
    for (const callId of made) await control(callId, "cancel");
  });

  it("can be of an alias, a state and a time, and shows a token its own aliases alone", async () => {
    const began = new Date().toISOString();
    const callId = await callFor("Для списка", { sendAt: later() });
    const comments = await issueToken(world.worker, { aliases: ["comment/*"] });
    const posts = await issueToken(world.worker, { aliases: ["post/*"] });
    const ids = async (query: string, token?: string) =>
      List.parse((await get(`/calls?${query}`, token)).body).calls.map((call) => call.callId);

    expect(await ids(`from=${began}`)).toEqual([callId]);
    expect(await ids(`from=${began}&alias=post/new&state=scheduled`)).toEqual([callId]);
    expect(await ids(`from=${began}&alias=comment/new`)).toEqual([]);
    expect(await ids(`from=${began}&state=finished`)).toEqual([]);
    expect(await ids(`to=${began}`)).not.toContain(callId);
    expect(await ids(`from=${began}`, posts)).toEqual([callId]);
    expect(await ids(`from=${began}`, comments)).toEqual([]);
    await control(callId, "cancel");
  });

  it("tells what is wrong with its questions", async () => {
    for (const query of ["state=lost", "from=yesterday", "cursor=x", "limit=0"]) {
      const { status, body } = await get(`/calls?${query}`);
      expect([status, body.errorCode]).toEqual([200, 422]);
      expect(body.errors).toMatchObject([{ path: query.split("=")[0] }]);
    }
    for (const path of ["/calls?status=lost", "/calls/any/recipients?status=x", "/dead-letters?state=x"])
      expect((await get(path)).body.errorCode).toBe(422);
  });

  it("takes a time whose plus was not written as %2B", async () => {
    const { body } = await get("/calls?from=2099-01-01T00:00:00+03:00");

    expect(body).toMatchObject({ success: true, calls: [] });
  });
});

describe("the recipients of a call", () => {
  it("stand in its report, beside how they were counted when it was accepted", async () => {
    const callId = await callFor("Счёт при приёме");

    const { body } = await get(`/calls/${callId}`);

    expect(body.accepted).toEqual({ total: 2, queued: 1, paused: 0, unlinked: 1, blocked: 0 });
    expect(body.recipients).toHaveLength(2);
  });

  it("can be asked for by their state", async () => {
    const callId = await callFor("По состояниям");
    await world.api.untilReport(callId, ({ state }) => state === "finished");
    const inState = async (query: string) => (await get(`/calls/${callId}/recipients?${query}`)).body;

    expect(await inState("state=sent")).toEqual({
      success: true,
      recipients: [{ userId: 1707, state: "sent", reason: null, updatedAt: expect.any(String) }],
      nextCursor: null,
    });
    expect((await inState("state=unlinked")).recipients).toMatchObject([{ userId: "nobody" }]);
    expect((await inState("state=failed")).recipients).toEqual([]);
    expect((await inState("")).recipients).toHaveLength(2);
    expect((await inState("limit=2")).nextCursor).toBeNull();
    expect((await inState("limit=1")).nextCursor).toBe("0");
    expect((await inState("state=lost")).errorCode).toBe(422);
  });
});
