import { runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { conversationName, LeadProfile } from "../../contract/lead.ts";
import { callReport } from "../../schema/call-report.ts";
import { database } from "../../schema/database.ts";
import { houseFrom } from "../../workers/house.ts";
import { doChores } from "../../workers/scheduled.ts";
import { insertCrowd } from "../world/crowd.ts";
import { call, demo } from "./demo.ts";
import { Network } from "./network.ts";

const db = database(env.DB);
let network: Network;
let last = 860_000;

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

const conversationOf = (chat: number) =>
  env.CONVERSATIONS.getByName(
    conversationName({ botId: "1", channel: "telegram", externalId: String(chat) }),
  );

/** Who the conversation of a chat takes its lead for. */
async function knownIn(chat: number): Promise<LeadProfile | null> {
  const rows = await runInDurableObject(conversationOf(chat), (_, { storage }) =>
    storage.sql.exec("SELECT value FROM facts WHERE name = 'lead'").toArray(),
  );
  const [row] = z.array(z.object({ value: z.string() })).parse(rows);
  return row ? LeadProfile.parse(JSON.parse(row.value)) : null;
}

const told = (chat: number, words: string) =>
  vi.waitUntil(() => network.texts(chat).some((text) => text.includes(words)), { timeout: 5_000 });

/** A call that is tried out. */
async function tryOut(alias: string, params: object): Promise<Record<string, unknown>> {
  const response = await exports.default.fetch(`http://bot.test/call/${alias}`, {
    method: "POST",
    headers: { authorization: "Bearer dev-token" },
    body: JSON.stringify({ script_request_params: params, dryRun: true }),
  });
  return response.json();
}

async function control(callId: string, verb: string): Promise<Record<string, unknown>> {
  const response = await exports.default.fetch(`http://bot.test/calls/${callId}/${verb}`, {
    method: "POST",
    headers: { authorization: "Bearer dev-token" },
  });
  return response.json();
}

describe("a call that changes a user", () => {
  it("is answered once their chat knows of it, and tells them there", async () => {
    const userId = await signedIn();

    const { answer } = await call("users/block", { userId, reason: "Подозрительные входы" });

    expect(answer).toMatchObject({ success: true, state: "running", recipients: { total: 1, queued: 1 } });
    expect(await knownIn(userId)).toMatchObject({
      person: null,
      barred: { userId: String(userId), reason: "Подозрительные входы" },
    });
    await told(userId, "Подозрительные входы");
  });

  it("a second time changes nothing, tells nobody, and says so", async () => {
    const userId = await signedIn();
    const params = { userId, role: "editor", changedBy: "administrator" };

    const first = await call("users/update", params);
    const second = await call("users/update", params);

    expect(first.answer).toMatchObject({ success: true, changed: ["role"], callId: expect.any(String) });
    expect(second.answer).toEqual({ success: true, changed: [] });
    expect(await knownIn(userId)).toMatchObject({ person: { role: "editor" } });
  });

  it("and tells nobody is made all the same, and known in their chat", async () => {
    const userId = await signedIn();

    const { answer } = await call("users/delete", { userId });

    expect(answer).toEqual({ success: true });
    expect(await knownIn(userId)).toMatchObject({ person: null, barred: null });
    expect(network.texts(userId)).toEqual([]);
  });

  it("of somebody whom nobody knows is refused; and while the main system is silent, for now", async () => {
    let status = 404;
    network.answerers.unshift(({ url }) =>
      url.host === "site.test" ? Response.json({}, { status }) : undefined,
    );
    const params = { userId: "nobody", reason: "" };

    expect((await call("users/block", params)).answer).toEqual({
      success: false,
      errorCode: "user-not-found",
      message: "Пользователь не найден",
    });
    status = 503;
    expect((await call("users/block", params)).answer).toMatchObject({ errorCode: "system-unavailable" });
  });

  it("of somebody whom the main system alone knows is fine, and shows why nobody was told", async () => {
    const { answer } = await call("users/connect-bot", { userId: 8_888 });

    expect(answer).toMatchObject({
      success: true,
      state: "finished",
      recipients: { total: 1, queued: 0, unlinked: 1 },
    });
  });

  it("is answered again under its key as it was the first time", async () => {
    const userId = await signedIn();
    const params = { userId, role: "editor", changedBy: "administrator" };
    const key = { "Idempotency-Key": "a change" };

    const first = await call("users/update", params, key);
    const second = await call("users/update", params, key);

    expect(second.answer).toEqual(first.answer);
  });

  it("that is tried out says what it would do, and does nothing", async () => {
    const userId = await signedIn();

    const answer = await tryOut("users/update", { userId, role: "editor", changedBy: "administrator" });
    const silent = await tryOut("users/delete", { userId });

    expect(answer).toMatchObject({ dryRun: true, changed: ["role"], recipients: { total: 1, queued: 1 } });
    expect(silent).toMatchObject({ dryRun: true, recipients: { total: 0 }, preview: null });
    expect(await knownIn(userId)).toBeNull();
    const again = await call("users/update", { userId, role: "editor", changedBy: "administrator" });
    expect(again.answer).toMatchObject({ changed: ["role"] });
  });
});

describe("a user who wants quiet", () => {
  it("is counted apart, told only what is critical, and keeps no call from its end", async () => {
    const userId = await signedIn();
    await call("users/pause", { userId, until: null });
    await vi.waitUntil(() => network.texts(userId).length === 1, { timeout: 5_000 });

    const { answer } = await call("post/new", { postId: 1, authorId: 3, userIds: [userId] });

    expect(answer).toMatchObject({ state: "running", recipients: { total: 1, queued: 0, paused: 1 } });
    const report = () => callReport(db, "1", String(answer.callId));
    await vi.waitUntil(async () => (await report())?.state === "finished", { timeout: 10_000 });
    expect(await report()).toMatchObject({ states: { deferred: 1 }, kept: 1 });
    expect(network.texts(userId)).toHaveLength(1);
  });

  it("can be spared a call that is finished: what is kept of it is cancelled", async () => {
    const userId = await signedIn();
    await call("users/pause", { userId, until: null });
    const { answer } = await call("post/new", { postId: 1, authorId: 3, userIds: [userId] });
    const report = () => callReport(db, "1", String(answer.callId));
    await vi.waitUntil(async () => (await report())?.state === "finished", { timeout: 10_000 });
    const cancel = () => control(String(answer.callId), "cancel");

    expect(await cancel()).toMatchObject({ success: true, state: "cancelled", states: { cancelled: 1 } });

    expect(await cancel()).toMatchObject({ success: true, state: "cancelled" });
    expect(await report()).toMatchObject({ state: "cancelled", kept: 0 });
  });
});

describe("a change that a chat can't be told of", () => {
  /** Has the conversation of a chat fail at whatever it is asked; the way back. */
  async function breakChat(chat: number): Promise<() => Promise<void>> {
    const ports = (value?: () => never) =>
      runInDurableObject(conversationOf(chat), (conversation) => {
        const inside = conversation as unknown as { ports?: () => never };
        if (value) inside.ports = value;
        else delete inside.ports;
      });
    await ports(() => {
      throw new Error("a conversation that is broken");
    });
    return () => ports();
  }

  it("is answered with a no for now; the same key goes through once it can, and tells them once", async () => {
    const userId = await signedIn();
    const mend = await breakChat(userId);
    const params = { userId, reason: "Спам" };
    const key = { "Idempotency-Key": "unreached" };

    const first = await call("users/block", params, key);
    await mend();
    const second = await call("users/block", params, key);

    expect(first.answer).toEqual({
      success: false,
      errorCode: "conversation-unreached",
      message: expect.stringContaining("повторите"),
    });
    expect(second.answer).toMatchObject({ success: true, recipients: { total: 1, queued: 1 } });
    expect(await knownIn(userId)).toMatchObject({ barred: { reason: "Спам" } });
    await told(userId, "Спам");
    expect(network.texts(userId).filter((text) => text.includes("Спам"))).toHaveLength(1);
  });

  it("and is called anew without a key is told once all the same: the cron sees to the first call", async () => {
    const userId = await signedIn();
    const mend = await breakChat(userId);
    const params = { userId, reason: "Спам" };

    await call("users/block", params);
    await mend();
    const second = await call("users/block", params);
    expect(second.answer).toEqual({ success: true });
    expect(network.texts(userId)).toEqual([]);

    await doChores({ ...houseFrom(env), now: () => Date.now() + 10 * 60_000 });
    await told(userId, "Спам");
    expect(network.texts(userId)).toHaveLength(1);
  });

  it("goes through without a key too, and their chat knows of it", async () => {
    const userId = await signedIn();
    const mend = await breakChat(userId);

    const first = await call("users/delete", { userId });
    await mend();
    const second = await call("users/delete", { userId });

    expect(first.answer).toMatchObject({ errorCode: "conversation-unreached" });
    expect(second.answer).toEqual({ success: true });
    expect(await knownIn(userId)).toMatchObject({ person: null });
  });
});
