import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { database } from "../../schema/database.ts";
import { directoryIn } from "../../schema/directory.ts";
import { call, demo } from "./demo.ts";
import { Network } from "./network.ts";

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

  it("that asks for a dry run is refused, not sent: there is none yet", async () => {
    const response = await send(JSON.stringify({ script_request_params: post, dryRun: true }));

    expect(await response.json()).toMatchObject({
      success: false,
      errorCode: 422,
      errors: [{ path: "dryRun" }],
    });
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
