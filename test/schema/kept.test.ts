import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { KEPT, ON_THE_WIRE, type Outcome } from "../../contract/delivery.ts";
import { callReport, recipientReports } from "../../schema/call-report.ts";
import { ledgerIn } from "../../schema/ledger.ts";
import { sweepOld } from "../../schema/retention.ts";
import { accept, db, signedIn } from "./setting.ts";

const ledger = ledgerIn(db);
const kept: Outcome = { state: "deferred", reason: KEPT };

let at = 3_000;

/** Tells the ledger of a recipient, a second after whatever it was told before. */
function tell(callId: string, seq: number, outcome: Outcome): Promise<void> {
  at += 1_000;
  return ledger.record([{ callId, seq, outcome, at }]);
}

const states = async (callId: string) =>
  (await recipientReports(db, callId, { after: -1, limit: 10 })).map(({ state, reason }) => [state, reason]);

/** A call to three: one has it, one is kept, one may have it. */
async function threeOf(name: string): Promise<string> {
  const userIds = ["sent", "kept", "wire"].map((state) => `${name}-${state}`);
  for (const userId of userIds) await signedIn(userId);
  const { callId } = await accept(userIds);
  await tell(callId, 0, { state: "sent" });
  await tell(callId, 1, kept);
  await tell(callId, 2, { state: "deferred", reason: ON_THE_WIRE });
  return callId;
}

describe("somebody who is kept because they want quiet", () => {
  it("is not under way for their call, which can finish meanwhile", async () => {
    const callId = await threeOf("a");

    expect(await ledger.underWayCount(callId)).toBe(1);
    expect(await ledger.onTheWireCount(callId)).toBe(1);
    expect(await ledger.underWay(callId, -1, 10)).toMatchObject([{ seq: 2 }]);
    expect(await callReport(db, "1", callId)).toMatchObject({ states: { deferred: 2, sent: 1 }, kept: 1 });
  });

  it.each([
    ["cancelled", { state: "cancelled" }],
    ["expired", { state: "expired", reason: "not-sent" }],
  ] as const)("is %s with their call", async (state, outcome) => {
    const callId = await threeOf(state);

    expect(await ledger.settleRest(callId, outcome, 90_000)).toBe(false);

    expect((await states(callId)).map(([one]) => one)).toEqual(["sent", state, "deferred"]);
    expect(await ledger.onTheWireCount(callId)).toBe(1);
    await ledger.settleRest(callId, outcome, 90_000, true);
    expect((await states(callId)).map(([one]) => one)).toEqual(["sent", state, state]);
  });

  it("is not given up with those whom nobody could reach", async () => {
    const callId = await threeOf("given-up");

    await ledger.settleRest(callId, { state: "failed", reason: "undeliverable" }, 90_000, true);

    expect((await states(callId)).map(([state]) => state)).toEqual(["sent", "deferred", "failed"]);
  });

  it.each([
    { state: "sent" },
    { state: "answered" },
    { state: "expired", reason: "not-sent" },
    { state: "deferred", reason: ON_THE_WIRE },
  ] satisfies Outcome[])("becomes what their conversation says in the end: $state", async (outcome) => {
    const callId = await threeOf(JSON.stringify(outcome));

    await tell(callId, 1, outcome);

    expect((await states(callId))[1]).toEqual([outcome.state, outcome.reason ?? null]);
  });

  it("is not put under way again by late news of an attempt before", async () => {
    const callId = await threeOf("late");

    await tell(callId, 1, { state: "deferred", reason: "quiet-hours" });

    expect((await states(callId))[1]).toEqual(["deferred", KEPT]);
  });

  it("is counted on pages that were tallied before there was such a thing", async () => {
    const callId = await threeOf("old");
    await env.DB.prepare("UPDATE ledger_pages SET tally = json_remove(tally, '$.kept') WHERE call_id = ?")
      .bind(callId)
      .run();

    expect(await ledger.underWayCount(callId)).toBe(2);
    await ledger.settleRest(callId, { state: "cancelled" }, 90_000);

    expect((await states(callId)).map(([state]) => state)).toEqual(["sent", "cancelled", "deferred"]);
  });

  it("goes with their call when it is too old, and late news of them is let go", async () => {
    await env.DB.prepare(
      `INSERT INTO bots (id, name, username, site_url, channel_token, system_url, system_token, created_at, retention_days)
        VALUES ('1', 'x', 'x', 'x', 'x', 'x', 'x', 0, 1)`,
    ).run();
    const callId = await threeOf("sweep");
    await tell(callId, 2, { state: "sent" });
    await ledger.setState(callId, "finished", 80_000);

    await sweepOld(db, 80_001 + 24 * 60 * 60_000);
    await tell(callId, 1, { state: "sent" });

    expect(await callReport(db, "1", callId)).toBeNull();
    expect(await states(callId)).toEqual([]);
  });
});

describe("a question that nobody answered in time", () => {
  const noAnswer: Outcome = { state: "expired", reason: "no-answer" };

  it("tells more than that it was sent, and less than an answer, in whatever order they come", async () => {
    await signedIn("asked");
    const told = [{ state: "sent" }, noAnswer, { state: "answered" }] as const;

    const ends = [];
    for (const order of [
      [0, 1],
      [1, 0],
      [1, 2],
      [2, 1],
    ]) {
      const { callId } = await accept(["asked"]);
      for (const which of order) await tell(callId, 0, told[which] ?? noAnswer);
      ends.push(...(await states(callId)));
    }
    const { callId } = await accept(["asked"]);
    await ledger.record(
      [noAnswer, { state: "sent" } as const].map((outcome) => ({ callId, seq: 0, outcome, at: 5_000 })),
    );

    expect(ends).toEqual([
      ["expired", "no-answer"],
      ["expired", "no-answer"],
      ["answered", null],
      ["answered", null],
    ]);
    expect(await states(callId)).toEqual([["expired", "no-answer"]]);
  });

  it("is another thing than a message that was too late to be sent, of which any news tells more", async () => {
    await signedIn("late");
    const { callId } = await accept(["late"]);

    await tell(callId, 0, { state: "expired", reason: "not-sent" });
    await tell(callId, 0, { state: "sent" });

    expect(await states(callId)).toEqual([["sent", null]]);
  });
});
