import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../../workers/call/api.ts";
import { insertCrowd } from "../world/crowd.ts";
import { call, demo, signIn } from "./demo.ts";
import { Network } from "./network.ts";

let network: Network;
let last = 7_000;

beforeEach(async () => {
  network = new Network();
  await demo(network);
});

/** A user who is signed in in a chat of the same number. */
async function signedIn(): Promise<number> {
  last += 1;
  await insertCrowd(env.DB, "1", [last]);
  return last;
}

/** Puts another chat of a user into the database. */
async function anotherChat(userId: number): Promise<number> {
  const chat = userId + 500_000;
  const copy = `INSERT INTO leads (id, bot_id, channel, external_id, first_name, person_id, language, created_at, last_activity_at)
    SELECT ?1, bot_id, channel, ?1, first_name, person_id, language, created_at, last_activity_at FROM leads WHERE id = ?2`;
  await env.DB.prepare(copy).bind(chat, userId).run();
  return chat;
}

const told = (chat: number, words: string) =>
  vi.waitUntil(() => network.texts(chat).some((text) => text.includes(words)), { timeout: 5_000 });

/** A call with what may stand beside its parameters. */
async function callWith(alias: string, params: object, beside: object): Promise<Record<string, unknown>> {
  const response = await exports.default.fetch(`http://bot.test/call/${alias}`, {
    method: "POST",
    headers: { authorization: "Bearer dev-token" },
    body: JSON.stringify({ script_request_params: params, ...beside }),
  });
  return response.json();
}

/** What a call would say first. */
async function previewOf(alias: string, params: object): Promise<string> {
  const { preview } = (await callWith(alias, params, { dryRun: true })) as {
    preview: { messages: readonly { html: string }[] };
  };
  return preview.messages.map(({ html }) => html).join("\n");
}

describe("a block of a user who never was in the bot", () => {
  it("meets them when they come, and ends when they are unblocked", async () => {
    const userId = 6_001;

    const { answer } = await call("users/block", { userId, reason: "Спам" });
    expect(answer).toMatchObject({ success: true, state: "finished", recipients: { total: 1, unlinked: 1 } });
    expect((await call("users/block", { userId, reason: "Спам" })).answer).toEqual({ success: true });

    await signIn(userId, network);
    await told(userId, "Спам");
    expect((await call("users/unblock", { userId })).answer).toMatchObject({ recipients: { queued: 1 } });
    await told(userId, "разблокирована");
  });

  it("is known when they are unblocked before they come", async () => {
    const userId = 6_002;
    await call("users/block", { userId, reason: "Спам" });

    const { answer } = await call("users/unblock", { userId });

    expect(answer).toMatchObject({ success: true, recipients: { total: 1, unlinked: 1 } });
    await signIn(userId, network);
    expect(network.texts(userId).join()).not.toContain("Спам");
  });
});

describe("a change of a user who has signed out everywhere", () => {
  it("is made, and shows why nobody was told", async () => {
    const userId = await signedIn();
    await call("users/disconnect-bot", { userId });
    await told(userId, "вышли");

    const { answer } = await call("users/block", { userId, reason: "Спам" });

    expect(answer).toMatchObject({ success: true, state: "finished", recipients: { total: 1, unlinked: 1 } });
    expect(network.texts(userId).join()).not.toContain("Спам");
  });
});

describe("the same change, called three times at once", () => {
  it("is told once, and each call is answered with success", async () => {
    const userId = await signedIn();
    const block = () => call("users/block", { userId, reason: "Спам" });

    const answers = (await Promise.all([block(), block(), block()])).map(({ answer }) => answer);

    expect(answers.map(({ success }) => success)).toEqual([true, true, true]);
    expect(answers.filter(({ callId }) => callId !== undefined)).toHaveLength(1);
    await told(userId, "Спам");
    expect(network.texts(userId)).toHaveLength(1);
  });
});

describe("a pause", () => {
  it("of which the time is past is refused, and ends none that stands", async () => {
    const userId = await signedIn();
    await call("users/pause", { userId, until: null });

    const { answer } = await call("users/pause", { userId, until: "2020-01-01T00:00:00Z" });

    expect(answer).toMatchObject({
      success: false,
      errorCode: 422,
      errors: [{ path: "script_request_params.until", message: "Это время уже прошло" }],
    });
    expect((await call("users/resume", { userId })).answer).toMatchObject({ recipients: { queued: 1 } });
  });

  it("and its end are told in those chats alone where anything is other", async () => {
    const userId = await signedIn();
    await call("users/pause", { userId, until: null });
    await anotherChat(userId);

    const { answer } = await call("users/resume", { userId });

    expect(answer).toMatchObject({ recipients: { total: 1, queued: 1 } });
  });
});

describe("a call that changes a user", () => {
  it("can't be planned: a time beside it is refused where it stands, and nothing is changed", async () => {
    const userId = await signedIn();
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    const block = (beside: object) => callWith("users/block", { userId, reason: "Спам" }, beside);

    expect(await block({ sendAt: tomorrow })).toMatchObject({
      errorCode: 422,
      errors: [{ path: "sendAt", message: expect.stringContaining("сразу") }],
    });
    expect(await block({ expiresAt: tomorrow })).toMatchObject({ errors: [{ path: "expiresAt" }] });
    expect(await block({ sendAt: null })).toMatchObject({ success: true, recipients: { queued: 1 } });
  });

  it("is not offered a time by the document of the API; others are", () => {
    const fieldsOf = (alias: string) => {
      const document = JSON.parse(JSON.stringify(api.schema));
      const { content } = document.paths[`/call/${alias}`].post.requestBody;
      return Object.keys(content["application/json"].schema.properties);
    };

    expect(fieldsOf("users/block")).toEqual(["script_request_params", "dryRun"]);
    expect(fieldsOf("post/new")).toEqual(["script_request_params", "dryRun", "sendAt", "expiresAt"]);
  });
});

describe("a change that is tried out", () => {
  it.each([
    ["users/block", { reason: "Спам" }, "Спам"],
    ["users/disconnect-bot", {}, "вышли"],
    ["users/pause", { until: null }, "не побеспокою"],
    ["users/connect-bot", {}, "Анна"],
  ])("%s shows what would be said once it is made", async (alias, more, words) => {
    expect(await previewOf(alias, { userId: await signedIn(), ...more })).toContain(words);
  });

  it("shows to somebody who is barred, and wants quiet, how they come back", async () => {
    const userId = await signedIn();
    await call("users/pause", { userId, until: null });
    expect(await previewOf("users/resume", { userId })).toContain("Анна");

    await call("users/block", { userId, reason: "Спам" });
    expect(await previewOf("users/unblock", { userId })).toContain("Анна");
    expect((await call("users/unblock", { userId })).answer).toMatchObject({ recipients: { queued: 1 } });
  });
});
