import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askJson } from "../world/json.ts";
import { startWorld, type World } from "../world/world.ts";

let world: World;

beforeAll(async () => {
  world = await startWorld({ siteTells: false });
});
afterAll(() => world?.close());

const GOOD = { postId: 1, authorId: 3, userIds: [127] };
const headers = { Authorization: "Bearer dev-token" };

describe("the answer to a call", () => {
  it("is 200 with success, the call's id and the counts of its recipients", async () => {
    const { status, headers: given, body } = await world.api.call("post/new", GOOD);

    expect(status).toBe(200);
    expect(given.get("content-type")).toContain("application/json");
    expect(body).toEqual({
      success: true,
      callId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      state: "finished",
      recipients: { total: 1, queued: 0, paused: 0, unlinked: 1, blocked: 0 },
    });
  });

  it("is the same at the short form of the URL", async () => {
    const { status, body } = await world.api.call("post/new", GOOD, { base: world.worker.url });

    expect(status).toBe(200);
    expect(body.success).toBe(true);
  });

  it("is 200 with a business error in the seeds' words where the post is not there", async () => {
    for (const alias of ["post/new", "comment/new"]) {
      const { status, body } = await world.api.call(alias, { ...GOOD, postId: 404404 });

      expect(status).toBe(200);
      expect(body).toEqual({ success: false, errorCode: "post-not-found", message: "Пост не найден" });
    }
  });

  it("is 200 with errorCode 422 and what is wrong where, for parameters that do not fit", async () => {
    const { status, body } = await world.api.call("post/new", { postId: 1, userIds: [127, {}] });

    expect(status).toBe(200);
    expect(body).toMatchObject({ success: false, errorCode: 422, message: "Ошибка валидации" });
    expect(body.errors).toEqual([
      { path: "script_request_params.authorId", message: expect.any(String) },
      {
        path: "script_request_params.userIds.1",
        message: expect.stringContaining("строка от 1 до 128 знаков"),
      },
    ]);
  });

  it("is 401 with success and message alone where there is no token, or no good one", async () => {
    const refused = {
      success: false,
      message: "Отсутствуют данные для авторизации или неверный токен авторизации",
    };

    for (const token of [null, "wrong", "", "dev-token,dev-token", "dev-token dev-token", "DEV-TOKEN"]) {
      const { status, body } = await world.api.call("post/new", GOOD, { token });
      expect({ token, status, body }).toEqual({ token, status: 401, body: refused });
    }
    const basic = await askJson(`${world.api.bot}/call/post/new`, {
      method: "POST",
      headers: { Authorization: `Basic ${btoa("dev-token:")}` },
    });
    expect([basic.status, basic.body]).toEqual([401, refused]);
  });

  it("is 401 before anything of the body or of what there is becomes known", async () => {
    const unknownAlias = await world.api.call("no/such", {}, { token: "wrong" });
    const broken = await world.api.send("post/new", "{", { token: null });
    const report = await askJson(`${world.api.bot}/calls/anything`);

    expect([unknownAlias.status, broken.status, report.status]).toEqual([401, 401, 401]);
  });

  it("is 403 with success and message alone where the token is for another bot", async () => {
    for (const bot of ["2", "nobody", "%2e%2e"]) {
      const { status, body } = await world.api.call("post/new", GOOD, {
        base: `${world.worker.url}/api/v1/bots/${bot}`,
      });
      expect(status).toBe(bot === "%2e%2e" ? 404 : 403);
      expect(Object.keys(body)).toEqual(["success", "message"]);
      if (status === 403)
        expect(body).toEqual({ success: false, message: "Нет прав для выполнения запроса" });
    }
  });

  it("is 404 with success and message alone for an alias or a URL that is not there", async () => {
    const wrong = [
      ["POST", "/call/no/such"],
      ["POST", "/call/post"],
      ["POST", "/call/post/new/more"],
      ["POST", "/call/"],
      ["GET", "/call/post/new"],
      ["PUT", "/call/post/new"],
      ["POST", "/nothing"],
    ] as const;

    for (const [method, path] of wrong) {
      for (const base of [world.api.bot, world.worker.url]) {
        const { status, body } = await askJson(`${base}${path}`, { method, headers });
        expect({ method, path, status, body }).toEqual({
          method,
          path,
          status: 404,
          body: { success: false, message: "Неправильный URL запроса" },
        });
      }
    }
  });

  it("is 500 with success and message alone, and nothing of the inside, where something breaks", async () => {
    const db = await world.worker.database();
    await db.prepare("ALTER TABLE ledger_pages RENAME TO mislaid").run();

    const { status, headers: given, body } = await world.api.call("post/new", GOOD);
    await db.prepare("ALTER TABLE mislaid RENAME TO ledger_pages").run();

    expect(status).toBe(500);
    expect(body).toEqual({ success: false, message: "Внутренняя ошибка" });
    expect(given.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect((await world.api.call("post/new", GOOD)).status).toBe(200);
  });
});

describe("a bot whose secrets were sealed with another key", () => {
  it("is an error inside, and is not taken for a mistake of the caller", async () => {
    const db = await world.worker.database();
    const { results } = await db.prepare("SELECT system_token FROM bots").all<{ system_token: string }>();
    const set = "UPDATE bots SET system_token = ?";
    await db.prepare(set).bind("AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").run();

    const { status, body } = await world.api.call("post/new", GOOD);
    await db.prepare(set).bind(results[0]?.system_token).run();

    expect([status, body]).toEqual([500, { success: false, message: "Внутренняя ошибка" }]);
  });
});

describe("the report of a call", () => {
  it("is paged by a cursor, and tells every recipient once, in order", async () => {
    const userIds = Array.from({ length: 25 }, (_, at) => `user-${at}`);
    const { callId } = await world.api.accepted("post/new", { ...GOOD, userIds });
    const seen: unknown[] = [];

    for (let cursor: unknown = ""; cursor !== null; ) {
      const page = await askJson(
        `${world.api.bot}/calls/${callId}?limit=10${cursor && `&cursor=${cursor}`}`,
        {
          headers,
        },
      );
      expect(page.body).toMatchObject({ success: true, callId, alias: "post/new" });
      seen.push(...(page.body.recipients as { userId: unknown }[]).map(({ userId }) => userId));
      cursor = page.body.nextCursor;
    }

    expect(seen).toEqual(userIds);
  });

  it("is a business error for a call that is not there, and a validation error for a wrong page", async () => {
    const { callId } = await world.api.accepted("post/new", GOOD);
    const ask = (path: string) => askJson(`${world.api.bot}/calls/${path}`, { headers });

    const missing = await ask("no-such-call");
    const wrong = await Promise.all(
      ["limit=0", "limit=1001", "limit=x", "cursor=-1"].map((q) => ask(`${callId}?${q}`)),
    );

    expect([missing.status, missing.body]).toEqual([
      200,
      { success: false, errorCode: "call-not-found", message: "Вызов не найден" },
    ]);
    expect(wrong.map(({ status, body }) => [status, body.errorCode])).toEqual(Array(4).fill([200, 422]));
  });
});
