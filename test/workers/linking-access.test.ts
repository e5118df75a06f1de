import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { linkingEndpoints } from "../../workers/linking/endpoints.ts";
import { call, demo } from "./demo.ts";
import { chatOf, keptOf, openLink, pinOf, someone, strangerIn, tokenFor, userIn } from "./linking-world.ts";
import { Network } from "./network.ts";

let network: Network;

beforeEach(async () => {
  network = new Network();
  await demo(network);
});

/** Sends a body as it is. */
async function send(path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await exports.default.fetch(`http://bot.test${path}`, {
    method: "POST",
    headers: { authorization: "Bearer dev-token", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, text, answer: JSON.parse(text) as Record<string, unknown> };
}

const aliases = linkingEndpoints.map(({ alias }) => alias);

/** For each endpoint what would do something, if it were let in. */
async function wellMeant(): Promise<Readonly<Record<string, object>>> {
  const userId = someone();
  const { buid, pin } = await openLink(await strangerIn());
  const right = { buid, pin, userId };
  return {
    authorize: right,
    link: { buid, userId },
    unlink: { userId },
    "link/start": { userId },
    identify: { token: "0".repeat(32) },
    "miniapp/identify": { initData: "hash=0" },
  };
}

describe("the linking endpoints", () => {
  it("are six", () => {
    expect(aliases.toSorted()).toEqual(Object.keys(misshapen).sort());
  });

  it.each(aliases)("%s lets nobody in without a token, or with one that is unknown", async (alias) => {
    const body = { script_request_params: (await wellMeant())[alias] };

    for (const authorization of ["", "Bearer nothing", "Basic dev-token"])
      expect((await send(`/api/v1/bots/1/call/${alias}`, body, { authorization })).status).toBe(401);
  });

  it.each(aliases)("%s asks for a token that has it among its aliases, and this bot", async (alias) => {
    const params = (await wellMeant())[alias];
    const body = { script_request_params: params };
    const others = aliases.filter((one) => one !== alias && !(alias === "link" && one === "link/start"));
    const without = await tokenFor([...others, "post/*", "users/*"]);
    const elsewhere = await tokenFor(["*"], ["2"]);
    const scoped = await tokenFor([alias]);

    const refused = [
      await send(`/api/v1/bots/1/call/${alias}`, body, without.headers),
      await send(`/call/${alias}`, body, without.headers),
      await send(`/api/v1/bots/1/call/${alias}`, body, elsewhere.headers),
      await send(`/api/v1/bots/2/call/${alias}`, body, scoped.headers),
      await send(`/api/v1/bots/2/call/${alias}`, body),
    ];
    const taken = await send(`/api/v1/bots/1/call/${alias}`, body, scoped.headers);

    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    for (const { answer } of refused) expect(answer).toEqual({ success: false, message: expect.any(String) });
    expect(taken.status).toBe(200);
  });

  it("cost nothing where they are refused: not an attempt, not a guess", async () => {
    const { buid, pin } = await openLink(await chatOf(someone()));
    const { id, headers } = await tokenFor(["post/*"]);

    await call("authorize", { buid, pin }, headers);

    expect((await keptOf(buid)).pin).toMatchObject({ attemptsLeft: 5, usedBy: null });
    const row = await env.DB.prepare("SELECT wrong_pins_in_hour AS wrong FROM api_tokens WHERE id = ?")
      .bind(id)
      .first();
    expect(row).toEqual({ wrong: 0 });
  });

  it("are there in the short form too, for a token of one bot", async () => {
    const userId = someone();
    const { buid, pin } = await openLink(await chatOf(userId));

    const { status, answer } = await send("/call/authorize", { script_request_params: { buid, pin } });

    expect([status, answer.status, answer.userId]).toEqual([200, "linked", userId]);
  });

  it("are not at a bot that a token of two does not name in the short form", async () => {
    const { headers } = await tokenFor(["*"], ["1", "2"]);

    expect((await send("/call/identify", { script_request_params: { token: "x" } }, headers)).status).toBe(
      403,
    );
  });

  it.each(aliases)("%s can't be tried out", async (alias) => {
    const body = { script_request_params: (await wellMeant())[alias], dryRun: true };

    const { status, answer } = await send(`/api/v1/bots/1/call/${alias}`, body);

    expect([status, answer.errorCode]).toEqual([200, 422]);
    expect(answer.errors).toEqual([{ path: "dryRun", message: expect.any(String) }]);
  });

  it("that were asked to be tried out have done nothing", async () => {
    const leadId = await strangerIn();
    const { buid, pin } = await openLink(leadId);

    await send("/call/authorize", { script_request_params: { buid, pin, userId: someone() }, dryRun: true });

    expect(await userIn(leadId)).toBeNull();
    expect((await pinOf(buid).try(pin, "after")).proof.kind).toBe("right");
  });
});

const misshapen: Readonly<Record<string, readonly (readonly [string, unknown])[]>> = {
  authorize: [
    ["script_request_params.buid", { pin: "123456" }],
    ["script_request_params.pin", { buid: "b" }],
    ["script_request_params.buid", { buid: "", pin: "123456" }],
    ["script_request_params.buid", { buid: "  ", pin: "123456" }],
    ["script_request_params.buid", { buid: "b".repeat(65), pin: "123456" }],
    ["script_request_params.buid", { buid: ["b"], pin: "123456" }],
    ["script_request_params.buid", { buid: { $ne: "" }, pin: "123456" }],
    ["script_request_params.pin", { buid: "b", pin: "" }],
    ["script_request_params.pin", { buid: "b", pin: " " }],
    ["script_request_params.pin", { buid: "b", pin: 123456 }],
    ["script_request_params.pin", { buid: "b", pin: "1".repeat(65) }],
    ["script_request_params.pin", { buid: "b", pin: null }],
    ["script_request_params.userId", { buid: "b", pin: "123456", userId: "" }],
    ["script_request_params.userId", { buid: "b", pin: "123456", userId: ".." }],
    ["script_request_params.userId", { buid: "b", pin: "123456", userId: 1.5 }],
    ["script_request_params.userId", { buid: "b", pin: "123456", userId: {} }],
    ["script_request_params", { buid: "b", pin: "123456", userID: 1 }],
  ],
  link: [
    ["script_request_params.userId", { buid: "b" }],
    ["script_request_params.userId", { buid: "b", userId: null }],
    ["script_request_params.buid", { userId: 1 }],
    ["script_request_params.relink", { buid: "b", userId: 1, relink: "true" }],
    ["script_request_params.relink", { buid: "b", userId: 1, relink: 1 }],
  ],
  unlink: [
    ["script_request_params", {}],
    ["script_request_params", { userId: 1, buid: "b" }],
    ["script_request_params.userId", { userId: null }],
  ],
  "link/start": [
    ["script_request_params.userId", {}],
    ["script_request_params.userId", { userId: true }],
  ],
  identify: [
    ["script_request_params.token", {}],
    ["script_request_params.token", { token: "" }],
    ["script_request_params.token", { token: "x".repeat(129) }],
    ["script_request_params.token", { token: 1 }],
  ],
  "miniapp/identify": [
    ["script_request_params.initData", {}],
    ["script_request_params.initData", { initData: "" }],
    ["script_request_params.initData", { initData: "x".repeat(16 * 1024 + 1) }],
  ],
};

describe("parameters that have not their shape", () => {
  const cases = Object.entries(misshapen).flatMap(([alias, wrong]) =>
    wrong.map(([path, params]) => [alias, path, params] as const),
  );

  it.each(cases)("are answered with 422 and where it is: %s at %s (case %#)", async (alias, path, params) => {
    const { status, answer } = await send(`/api/v1/bots/1/call/${alias}`, { script_request_params: params });

    expect([status, answer.success, answer.errorCode]).toEqual([200, false, 422]);
    expect((answer.errors as { path: string }[]).map((error) => error.path)).toContain(path);
    expect(network.left).toEqual([]);
  });

  it.each(aliases)("are answered with 422 where the body of %s is none", async (alias) => {
    for (const body of ["", "[]", "null", "{}", '{"script_request_params":null}', "{", '"x"'])
      expect((await send(`/api/v1/bots/1/call/${alias}`, body)).answer).toMatchObject({ errorCode: 422 });
  });

  it("quote no PIN", async () => {
    const { text } = await send("/call/authorize", {
      script_request_params: { buid: "b".repeat(70), pin: "748159", userId: {} },
    });

    expect(text).not.toContain("748159");
  });

  it("may be answered under no key that is too long", async () => {
    const { buid, pin } = await openLink(await strangerIn());

    const { answer } = await call("authorize", { buid, pin }, { "Idempotency-Key": "k".repeat(256) });

    expect(answer).toMatchObject({ errorCode: 422 });
    expect((await keptOf(buid)).pin).toMatchObject({ usedBy: null });
  });
});
