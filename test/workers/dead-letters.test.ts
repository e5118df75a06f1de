import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { CallState } from "../../contract/call.ts";
import { DeadLetter } from "../../contract/dead-letter.ts";
import { apiTokens, newToken } from "../../schema/api-tokens.ts";
import { acceptCall } from "../../schema/audience.ts";
import { database } from "../../schema/database.ts";
import { keepLetters } from "../../schema/dead-letter-box.ts";
import { deadLetters } from "../../schema/dead-letters.ts";
import { leads } from "../../schema/leads.ts";
import { ledgerIn } from "../../schema/ledger.ts";
import { redriveLetter } from "../../workers/call/dead-letters/redrive.ts";
import { houseFrom } from "../../workers/house.ts";
import worker from "../../workers/index.ts";
import { insertCrowd } from "../world/crowd.ts";
import { demo } from "./demo.ts";
import { Network } from "./network.ts";

const db = database(env.DB);

beforeEach(async () => {
  await demo(new Network());
  await db.delete(deadLetters);
});

/** The queue of dead letters brings these; the answer says which were taken. */
async function brings(...bodies: readonly unknown[]) {
  const messages = bodies.map((body, at) => ({ id: String(at), timestamp: new Date(), attempts: 1, body }));
  const batch = createMessageBatch("beseda-dead-letters", messages);
  const context = createExecutionContext();
  await worker.queue(batch, env);
  return getQueueResult(batch, context);
}

/** What the API shows to the holder of a token. */
async function shown(token = "dev-token") {
  const response = await exports.default.fetch("http://bot.test/api/v1/bots/1/dead-letters", {
    headers: { authorization: `Bearer ${token}` },
  });
  const { letters } = (await response.json()) as { letters: Record<string, unknown>[] };
  return letters;
}

/** Asks something of the API by a POST, or a GET where it is about nothing that changes. */
async function ask(path: string, token = "dev-token", method = "POST") {
  const response = await exports.default.fetch(`http://bot.test/api/v1/bots/1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
  });
  return (await response.json()) as Record<string, unknown>;
}

/** Asks for a letter to be sent again. */
const redrive = (id: unknown) => ask(`/dead-letters/${id}/redrive`);

/** A token of bot 1 for some aliases. */
async function tokenFor(name: string, ...aliases: readonly string[]): Promise<string> {
  const { token, hash } = await newToken();
  await db.insert(apiTokens).values({ id: name, name, hash, bots: ["1"], aliases, createdAt: new Date() });
  return token;
}

let made = 0;

/** A call of which one recipient failed, with the letter that came of it; over unless a test says otherwise. */
async function failedCall(state: CallState, expiresAt: number | null = null) {
  made += 1;
  await insertCrowd(env.DB, "1", [810_000 + made]);
  const callId = `failed-${made}`;
  const of = { botId: "1", alias: "post/new", tokenId: "dev", data: "{}", critical: false, sendAt: null };
  const userIds = [String(810_000 + made)];
  await acceptCall(db, { callId, ...of, audience: { userIds }, leadsTold: "recent", expiresAt, now: 1 });
  const ledger = ledgerIn(db);
  await ledger.record([{ callId, seq: 0, outcome: { state: "failed", reason: "channel-refused" }, at: 2 }]);
  await ledger.setState(callId, state, 3);
  const letter = { kind: "delivery", botId: "1", callId, seq: 0, reason: "channel-refused", cause: null };
  await keepLetters(db, [DeadLetter.parse(letter)], 4);
  const id = (await shown()).find((one) => one.callId === callId)?.id;
  return { callId, id, states: async () => (await ask(`/calls/${callId}`, "dev-token", "GET")).states };
}

const someone = { leadId: 8, firstName: "SECRET", language: "ru", person: null };
const chat = { channel: "telegram", externalId: "SECRET-CHAT" };
const recipient = { seq: 5, userId: "9", ...chat, lead: someone, attempt: 0, since: 1 };
const chunk = { callId: "call-1", botId: "1", chunk: 3, until: 5, recipients: [recipient] };
const stamp = { kind: "activity", leadId: 5, at: 7 };

describe("the queue of dead letters", () => {
  it("puts by what the platform gave up, from whichever queue it came", async () => {
    await brings(chunk, stamp);

    const letters = await shown();
    expect(letters).toHaveLength(2);
    expect(letters).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: "message",
          queue: "beseda-deliveries",
          reason: "retries-exhausted",
          body: { callId: "call-1", seqs: [5] },
        }),
        expect.objectContaining({ kind: "message", queue: "beseda-records", reason: "retries-exhausted" }),
      ]),
    );
  });

  it.each([
    [null],
    ["text"],
    [5],
    [[]],
    [{}],
    [{ kind: "delivery" }],
    [{ kind: "message", queue: 5 }],
    [{ botId: {} }],
  ])("puts by the poison %j, without its body, as nobody knows whose it is", async (poison) => {
    const { retryMessages } = await brings(poison);

    expect(retryMessages).toEqual([]);
    const [letter] = await shown();
    expect(letter).toMatchObject({ kind: "message", queue: "unknown", reason: "retries-exhausted" });
    expect(letter).not.toHaveProperty("body");
    expect((await redrive(letter?.id)).errorCode).toBe("queue-unknown");
  });

  it("shows of a message which call and recipients it is of, and nothing of who they are", async () => {
    const report = { kind: "outcome", botId: "1", callId: "c", seq: 4, outcome: { state: "sent" }, at: 3 };
    await brings(chunk, report, { ...chunk, recipients: "SECRET", until: {} });

    const letters = await shown();

    expect(JSON.stringify(letters)).not.toContain("SECRET");
    expect(letters.map(({ body }) => body)).toEqual(
      expect.arrayContaining([
        { callId: "call-1", seqs: [5] },
        { callId: "c", seq: 4, outcome: { state: "sent" } },
        undefined,
      ]),
    );
  });

  it("puts by what comes twice once", async () => {
    await brings(chunk, chunk);
    await brings(chunk);

    expect(await shown()).toHaveLength(1);
  });

  it("shows no message of a queue to a token that is not for all aliases, nor one of another bot", async () => {
    const token = await tokenFor("posts", "post/*");
    const lost: DeadLetter = {
      kind: "delivery",
      botId: "1",
      callId: "a call that is gone",
      seq: 0,
      reason: "step-failed",
      cause: null,
    };

    await brings(chunk, "poison", lost, { ...chunk, botId: "2" });

    expect(await shown(token)).toEqual([]);
    const all = await shown();
    expect(all).toHaveLength(3);
    expect(JSON.stringify(all)).not.toContain('"botId":"2"');
  });
});

describe("a message of a queue that is sent again", () => {
  it("goes into its queue, once, and is marked", async () => {
    const lead = {
      botId: "1",
      channel: "telegram",
      externalId: "letters",
      firstName: "A",
      language: "ru",
    } as const;
    const long = new Date(0);
    const [made] = await db
      .insert(leads)
      .values({ ...lead, createdAt: long, lastActivityAt: long })
      .returning({ id: leads.id });
    const body = { kind: "activity", leadId: made?.id, at: 7 };
    await keepLetters(db, [{ kind: "message", queue: "beseda-records", body, reason: "x", cause: null }], 1);
    const [letter] = await shown();

    const first = await redrive(letter?.id);
    const second = await redrive(letter?.id);

    expect([first.success, second.errorCode]).toEqual([true, "already-redriven"]);
    const stamped = () => db.select().from(leads).where(eq(leads.externalId, "letters"));
    await vi.waitUntil(async () => (await stamped())[0]?.lastActivityAt.getTime() === 7, { timeout: 5_000 });
  });

  it("waits on where it could not be sent", async () => {
    await keepLetters(
      db,
      [{ kind: "message", queue: "beseda-records", body: 5, reason: "x", cause: null }],
      1,
    );
    const asked = { id: String((await shown())[0]?.id), botId: "1", aliases: null };
    const house = houseFrom(env);
    const requeue = () => Promise.reject(new Error("The queue is out of reach"));

    await expect(redriveLetter(asked, { ...house, requeue })).rejects.toThrow("out of reach");
    const after = await redriveLetter(asked, { ...house, requeue: async () => true });

    expect(after).toEqual({ id: asked.id });
  });

  it("is sent once, whoever asks at the same time", async () => {
    await keepLetters(
      db,
      [{ kind: "message", queue: "beseda-records", body: 6, reason: "x", cause: null }],
      1,
    );
    const asked = { id: String((await shown())[0]?.id), botId: "1", aliases: null };
    const requeue = vi.fn(async () => true);

    await Promise.all([1, 2, 3].map(() => redriveLetter(asked, { ...houseFrom(env), requeue })));

    expect(requeue).toHaveBeenCalledOnce();
  });

  it("is refused where it is of a call that is gone", async () => {
    const letter = {
      kind: "delivery",
      botId: "1",
      callId: "gone",
      seq: 0,
      reason: "x",
      cause: null,
    } as const;
    await keepLetters(db, [letter], 1);

    const [shownLetter] = await shown();

    expect((await redrive(shownLetter?.id)).errorCode).toBe("call-not-found");
  });
});

describe("what failed of a call that is over for good", () => {
  it("is not tried again after the call's end, by the call nor by the letter, and stays failed", async () => {
    const { callId, id, states } = await failedCall("finished", Date.now() - 1);

    const answers = [await ask(`/calls/${callId}/redrive`), await redrive(id)];

    for (const answer of answers)
      expect(answer).toEqual({ success: false, errorCode: "call-expired", message: "Срок вызова истёк" });
    expect(await states()).toMatchObject({ failed: 1, queued: 0, expired: 0 });
    expect((await shown())[0]).toMatchObject({ id, redrivenAt: null });
  });

  it("can be put away, and then keeps nobody's health from being well", async () => {
    const { id } = await failedCall("cancelled");
    const refused = await redrive(id);
    const before = await ask("/health", "dev-token", "GET");

    const answers = [await ask(`/dead-letters/${id}/dismiss`), await ask(`/dead-letters/${id}/dismiss`)];

    const after = await ask("/health", "dev-token", "GET");
    expect([refused.errorCode, before.deadLetters, after.deadLetters]).toEqual(["call-finished", 1, 0]);
    for (const answer of answers) expect(answer).toEqual({ success: true, id });
    expect((await shown())[0]).toMatchObject({ id, redrivenAt: null, dismissedAt: expect.any(String) });
  });

  it("can be put away by those alone who may see it", async () => {
    const { id } = await failedCall("cancelled");
    const comments = await tokenFor("comments", "comment/*");

    const refused = await ask(`/dead-letters/${id}/dismiss`, comments);

    expect(refused.errorCode).toBe("dead-letter-not-found");
    expect((await shown())[0]).toMatchObject({ dismissedAt: null });
  });
});

describe("a letter that is nobody's", () => {
  it("is no bot's problem, and can be put away", async () => {
    await brings("poison");
    const [letter] = await shown();

    const { deadLetters } = await ask("/health", "dev-token", "GET");
    await ask(`/dead-letters/${letter?.id}/dismiss`);

    expect(deadLetters).toBe(0);
    expect((await shown())[0]?.dismissedAt).toEqual(expect.any(String));
  });
});
