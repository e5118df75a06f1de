import { env, exports } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { postNew } from "../../communications/family-site/post-new.ts";
import { database } from "../../schema/database.ts";
import { directoryIn } from "../../schema/directory.ts";
import { idempotencyKeys } from "../../schema/idempotency-keys.ts";
import { startCall } from "../../workers/call/call.ts";
import type { CheckedCall } from "../../workers/call/prepare.ts";
import { type House, houseFrom } from "../../workers/house.ts";
import { insertCrowd } from "../world/crowd.ts";
import { call, demo, messageOf, push } from "./demo.ts";
import { Network } from "./network.ts";

const db = database(env.DB);
let network: Network;

beforeEach(async () => {
  network = new Network();
  await demo(network);
});

const post = { postId: 1, authorId: 3, userIds: [127] };

/** The main system answers so, as long as `lasts` says. */
function systemAnswers(status: number, lasts: () => boolean = () => true) {
  network.answerers.unshift(({ url }) =>
    url.host === "site.test" && lasts() ? new Response("{}", { status }) : undefined,
  );
}

describe("a call while the main system fails", () => {
  it("says so, and the same key goes through once it is back", async () => {
    let isDown = true;
    systemAnswers(503, () => isDown);
    const key = { "Idempotency-Key": "passing" };

    const first = await call("post/new", post, key);
    isDown = false;
    const second = await call("post/new", post, key);
    const third = await call("post/new", post, key);

    expect(first.answer).toEqual({
      success: false,
      errorCode: "system-unavailable",
      message: "Основная система не отвечает, попробуйте позже",
    });
    expect(second.answer).toMatchObject({ success: true });
    expect(third.answer).toEqual(second.answer);
    expect(third.response.headers.get("Idempotent-Replayed")).toBe("true");
  });

  it("is a business error where it refuses", async () => {
    systemAnswers(403);

    const { response, answer } = await call("post/new", post);

    expect(response.status).toBe(200);
    expect(answer).toMatchObject({ success: false, errorCode: "system-refused" });
  });
});

describe("a body", () => {
  const send = (body: string) =>
    exports.default.fetch("http://bot.test/call/post/new", {
      method: "POST",
      headers: { authorization: "Bearer dev-token" },
      body,
    });

  it("may hold what it likes beside the parameters", async () => {
    const response = await send(JSON.stringify({ script_request_params: post, lead_id: 5, anything: [] }));

    expect(await response.json()).toMatchObject({ success: true });
  });

  it("of 100,000 mistakes is answered with some of them", async () => {
    const userIds = Array.from({ length: 100_000 }, () => []);

    const { answer } = await call("post/new", { ...post, userIds });

    expect(answer).toMatchObject({ errorCode: 422 });
    expect((answer.errors as unknown[]).length).toBeLessThanOrEqual(20);
  });
});

describe("the parameters of a call", () => {
  const send = async (body: string) => {
    const response = await exports.default.fetch("http://bot.test/call/post/new", {
      method: "POST",
      headers: { authorization: "Bearer dev-token" },
      body,
    });
    const text = await response.text();
    return { status: response.status, length: text.length, answer: JSON.parse(text) };
  };

  it.each([
    [
      "script_request_params.postId",
      '{"script_request_params":{"postId":"\\ud800","authorId":3,"userIds":[1]}}',
    ],
    [
      "script_request_params.userIds.1",
      '{"script_request_params":{"postId":1,"authorId":3,"userIds":[1,"x\\uDC00"]}}',
    ],
    ["script_request_params.\ufffd", '{"script_request_params":{"\\uD83D":1}}'],
  ])("at %s may not hold half a character", async (path, body) => {
    const { status, answer } = await send(body);

    expect([status, answer.errorCode]).toEqual([200, 422]);
    expect(answer.errors).toEqual([{ path, message: "Это не текст Unicode: половина знака" }]);
  });

  it("may hold characters that are written as two halves, and a backslash before what looks like one", async () => {
    const { answer } = await send(
      String.raw`{"script_request_params":{"postId":1,"authorId":3,"userIds":["\ud83d\ude00","\\ud800"]}}`,
    );

    expect(answer).toMatchObject({ success: true });
  });

  it.each([".", ".."])(
    "may not have %j for an id: it would be another page of the main system",
    async (postId) => {
      const { answer } = await call("post/new", { ...post, postId });

      expect(answer.errorCode).toBe(422);
      expect(network.left).toEqual([]);
    },
  );

  it("of unknown names are answered shortly, however many and long they are", async () => {
    const names = Array.from({ length: 100_000 }, (_, at) => [`name${at}`, 1] as const);
    const many = JSON.stringify({ script_request_params: { ...post, ...Object.fromEntries(names) } });
    const long = JSON.stringify({ script_request_params: { ...post, ["ы".repeat(100_000)]: 1 } });

    for (const body of [many, long]) {
      const { answer, length } = await send(body);
      expect(answer.errorCode).toBe(422);
      expect(length).toBeLessThan(2_000);
    }
  });
});

describe("an audience by rule", () => {
  it("has nobody who has not signed in", async () => {
    await insertCrowd(env.DB, "1", [820_001]);
    await push(messageOf(820_002, { text: "/help" }));
    const tagged = env.DB.prepare("UPDATE leads SET tags = '[\"rule\"]' WHERE external_id IN (?, ?)");
    await tagged.bind("820001", "820002").run();
    const body = {
      script_request_params: { postId: 1, authorId: 3, audience: { tag: "rule" } },
      dryRun: true,
    };

    const response = await exports.default.fetch("http://bot.test/call/post/new", {
      method: "POST",
      headers: { authorization: "Bearer dev-token" },
      body: JSON.stringify(body),
    });

    expect(await response.json()).toMatchObject({
      recipients: { total: 1, queued: 1 },
      preview: { userId: 820_001 },
    });
  });
});

describe("a call that was written down", () => {
  /** A call to one who can be told. */
  async function checked(house: House, userId: number): Promise<CheckedCall> {
    await insertCrowd(env.DB, "1", [userId]);
    const bot = await house.bots.find("1");
    if (!bot) throw new Error("The demo has no bot");
    const params = { postId: "1", authorId: "3", userIds: [String(userId)] };
    return { bot, tokenId: "dev", communication: postNew, params, sendAt: null, expiresAt: null };
  }

  it("is accepted though its broadcast can't be reached: the cron starts it", async () => {
    const house = houseFrom(env);
    const log = vi.fn<House["log"]>();
    const start = () => Promise.reject(new Error("Overloaded"));
    const broken = { ...house, log, broadcast: () => ({ start }) as never };

    const accepted = await startCall("not-started", await checked(house, 820_003), broken);

    expect(accepted).toMatchObject({ state: "running", recipients: { queued: 1 } });
    expect(log).toHaveBeenCalledWith(
      "call-not-started",
      expect.objectContaining({ callId: "not-started", code: "Error" }),
    );
  });

  it("but never answered is answered by the next try under its key, though the main system is silent", async () => {
    const house = houseFrom(env);
    const later = Date.now() + 3_600_000;
    const { bot, ...rest } = await checked(house, 820_004);
    const params = { postId: 1, authorId: 3, userIds: [820_004] };
    const key = { "Idempotency-Key": "cut-short" };
    systemAnswers(503);
    await call("post/new", params, key);
    const [taken] = await db.select().from(idempotencyKeys).where(eq(idempotencyKeys.key, "cut-short"));
    const callId = String(taken?.callId);
    const isWell = network.answerers.shift();
    await startCall(callId, { bot, ...rest, sendAt: later }, house);
    if (isWell) network.answerers.unshift(isWell);

    const { answer } = await call("post/new", params, key);

    expect(answer).toMatchObject({ success: true, callId, state: "scheduled", recipients: { queued: 1 } });
  });
});

describe("what a database error says", () => {
  it("holds nothing of people", async () => {
    const failing = new Proxy(env.DB, {
      get: () => () => ({ bind: () => ({ run: () => Promise.reject(new Error("D1 is down")) }) }),
    });
    const address = { botId: "1", channel: "telegram", externalId: "42" } as const;

    const error = await directoryIn(database(failing), Date.now)
      .lead(address, { externalId: "42", firstName: "SECRET" }, "ru")
      .catch((thrown: Error) => thrown);

    expect(error).toMatchObject({ code: "storage-down" });
    expect(`${(error as Error).message} ${String((error as Error).cause)}`).not.toContain("SECRET");
  });
});
