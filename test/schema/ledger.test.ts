import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DELIVERY_STATES } from "../../contract/delivery.ts";
import { acceptCall } from "../../schema/audience.ts";
import { callReport, recipientReports } from "../../schema/call-report.ts";
import { database } from "../../schema/database.ts";
import { directoryIn } from "../../schema/directory.ts";
import { ledgerIn } from "../../schema/ledger.ts";

const db = database(env.DB);
const ledger = ledgerIn(db);
const directory = directoryIn(db, () => 1_000);

let calls = 0;
const accept = (userIds: readonly string[], callId = `call-${++calls}`) =>
  acceptCall(db, {
    callId,
    botId: "1",
    alias: "post/new",
    tokenId: "t",
    data: "{}",
    userIds,
    now: new Date(2_000),
  }).then((recipients) => ({ callId, recipients }));

async function signedIn(userId: string, externalId = `chat-${userId}`): Promise<number> {
  const address = { botId: "1", channel: "telegram", externalId } as const;
  const { leadId } = await directory.lead(address, { externalId, firstName: "А" }, "ru");
  const names = {
    firstName: "А",
    lastName: "",
    patronymic: "",
    role: "user",
    phone: "",
    email: "",
    location: {},
  };
  await directory.signIn(leadId, "1", { userId, active: true, ...names });
  return leadId;
}

describe("accepting a call", () => {
  it("counts who is linked, who is not, and who has blocked the bot", async () => {
    await signedIn("1");
    await directory.setBlocked(await signedIn("2"), true);

    const { callId, recipients } = await accept(["1", "2", "unknown"]);

    expect(recipients).toEqual({ total: 3, queued: 1, paused: 0, unlinked: 1, blocked: 1 });
    expect(await recipientReports(db, callId, -1, 10)).toMatchObject([
      { userId: "1", state: "queued" },
      { userId: "2", state: "blocked", reason: "bot-blocked" },
      { userId: "unknown", state: "unlinked" },
    ]);
  });

  it("twice under one id is accepting it once", async () => {
    await signedIn("3");
    const { callId, recipients } = await accept(["3", "x"]);

    const again = await accept(["3", "x"], callId);

    expect(again.recipients).toEqual(recipients);
    expect(await recipientReports(db, callId, -1, 10)).toHaveLength(2);
  });

  it("tells a person of several leads once: where they were last active", async () => {
    await signedIn("4");
    const leadId = await signedIn("4", "second");
    await ledger.touch([{ leadId, at: 9_000 }]);

    const { callId } = await accept(["4"]);

    expect(await ledger.underWay(callId, -1, 10)).toEqual([
      { seq: 0, userId: "4", leadId, channel: "telegram", externalId: "second" },
    ]);
  });

  it("tells nobody of another bot", async () => {
    await signedIn("5");

    const { recipients } = await acceptCall(db, {
      callId: "other-bot",
      botId: "2",
      alias: "post/new",
      tokenId: "t",
      data: "{}",
      userIds: ["5"],
      now: new Date(),
    }).then((counts) => ({ recipients: counts }));

    expect(recipients).toMatchObject({ queued: 0, unlinked: 1 });
  });

  it("of 25,000 ids writes each of them once, in their order", async () => {
    const ids = Array.from({ length: 25_000 }, (_, at) => `many-${at}`);

    const { callId, recipients } = await accept(ids);

    expect(recipients).toMatchObject({ total: 25_000, unlinked: 25_000 });
    expect((await recipientReports(db, callId, 19_998, 2)).map(({ seq, userId }) => [seq, userId])).toEqual([
      [19_999, "many-19999"],
      [20_000, "many-20000"],
    ]);
  });
});

describe("the ledger", () => {
  it("never takes a later state back for an earlier one, in whatever order and batches the news come", async () => {
    await signedIn("6");
    const lateness = { queued: 0, deferred: 1, answered: 3, expired: 3 } as Readonly<Record<string, number>>;
    const state = fc.constantFrom(...DELIVERY_STATES);

    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(state, { minLength: 1, maxLength: 4 }), { maxLength: 5 }),
        async (batches) => {
          const { callId } = await accept(["6"]);
          for (const batch of batches) {
            await ledger.record(batch.map((one) => ({ callId, seq: 0, outcome: { state: one }, at: 3_000 })));
          }
          const [line] = await recipientReports(db, callId, -1, 1);
          const latest = Math.max(0, ...batches.flat().map((one) => lateness[one] ?? 2));
          expect(lateness[line?.state ?? ""] ?? 2).toBe(latest);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("counts the states of a call, and knows it only for its own bot", async () => {
    await signedIn("7");
    const { callId } = await accept(["7", "y"]);
    await ledger.record([{ callId, seq: 0, outcome: { state: "sent" }, at: 3_000 }]);

    expect((await callReport(db, "1", callId))?.states).toMatchObject({ sent: 1, unlinked: 1, queued: 0 });
    expect(await callReport(db, "2", callId)).toBeNull();
  });

  it("gives up on those who are under way, and on nobody else", async () => {
    await signedIn("8");
    await signedIn("9");
    const { callId } = await accept(["8", "9"]);
    await ledger.record([{ callId, seq: 0, outcome: { state: "sent" }, at: 3_000 }]);

    await ledger.abandon(callId, "undeliverable", 4_000);

    expect(await recipientReports(db, callId, -1, 10)).toMatchObject([
      { state: "sent" },
      { state: "failed", reason: "undeliverable" },
    ]);
    expect(await ledger.underWayCount(callId)).toBe(0);
  });
});
