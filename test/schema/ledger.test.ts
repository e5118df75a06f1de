import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DELIVERY_STATES, type DeliveryState, ON_THE_WIRE } from "../../contract/delivery.ts";
import { callReport, recipientReports } from "../../schema/call-report.ts";
import { database } from "../../schema/database.ts";
import { ledgerIn } from "../../schema/ledger.ts";
import { accept, db, directory, meter, signedIn } from "./setting.ts";

const ledger = ledgerIn(db);

const lines = (callId: string, limit = 10) => recipientReports(db, callId, { after: -1, limit });

/** A call to `count` users who can be told, in the database without their conversations. */
async function callTo(count: number, name: string) {
  const leads = await Promise.all(Array.from({ length: count }, (_, at) => signedIn(`${name}-${at}`)));
  const { callId } = await accept(leads.map((_, at) => `${name}-${at}`));
  return callId;
}

const tells: Readonly<Record<DeliveryState, number>> = {
  queued: 0,
  deferred: 1,
  cancelled: 2,
  expired: 2,
  failed: 2,
  unlinked: 2,
  blocked: 2,
  uncertain: 3,
  sent: 4,
  answered: 5,
};

describe("recording outcomes", () => {
  it("never puts a state that tells less in the place of one that tells more, in whatever order and batches", async () => {
    await signedIn("6");
    const state = fc.constantFrom(...DELIVERY_STATES);

    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(state, { minLength: 1, maxLength: 4 }), { maxLength: 5 }),
        async (batches) => {
          const { callId } = await accept(["6"]);
          for (const batch of batches) {
            await ledger.record(batch.map((one) => ({ callId, seq: 0, outcome: { state: one }, at: 3_000 })));
          }
          const [line] = await lines(callId);
          const first = batches
            .flat()
            .reduce<DeliveryState>((best, one) => (tells[one] > tells[best] ? one : best), "queued");
          expect(line?.state).toBe(first);
          expect(await callReport(db, "1", callId)).toMatchObject({ states: { [first]: 1 } });
        },
      ),
      { numRuns: 50 },
    );
  });

  it("keeps what else is on the page, and the reason", async () => {
    await signedIn("7");
    const { callId } = await accept(["7", 'a "queued", one\u0000', "7b"]);

    await ledger.record([
      { callId, seq: 0, outcome: { state: "failed", reason: "refused", cause: "x" }, at: 3_000 },
    ]);

    expect(await lines(callId)).toMatchObject([
      { userId: "7", state: "failed", reason: "refused", updatedAt: new Date(3_000) },
      { userId: 'a "queued", one\u0000', state: "unlinked", reason: null, updatedAt: new Date(2_000) },
      { userId: "7b", state: "unlinked" },
    ]);
  });

  it("notes that something has left, though it was put off before, and not the other way round", async () => {
    const callId = await callTo(1, "wire");
    const deferred = (reason?: string) =>
      ledger.record([
        { callId, seq: 0, outcome: { state: "deferred", ...(reason && { reason }) }, at: 3_000 },
      ]);

    await deferred("channel-busy");
    await deferred(ON_THE_WIRE);
    await deferred("channel-busy");

    expect(await lines(callId)).toMatchObject([{ state: "deferred", reason: ON_THE_WIRE }]);
  });

  it("says for which reason somebody waits now, however late the news of an earlier one comes", async () => {
    const callId = await callTo(1, "again");
    const deferred = (reason: string, at: number) => ({
      callId,
      seq: 0,
      outcome: { state: "deferred" as const, reason },
      at,
    });
    const { binding, rows } = meter();

    await ledger.record([deferred("channel-paced", 3_000)]);
    await ledger.record([deferred("channel-down", 5_000), deferred("chat-busy", 4_000)]);
    await ledger.record([deferred("channel-busy", 4_500)]);
    expect(await lines(callId)).toMatchObject([{ reason: "channel-down", updatedAt: new Date(5_000) }]);

    await ledgerIn(database(binding)).record([deferred("channel-down", 6_000)]);
    expect(rows.written).toBe(0);
  });

  it("of 25 recipients writes their page once", async () => {
    const callId = await callTo(60, "page");
    const { binding, rows } = meter();
    const news = Array.from({ length: 25 }, (_, seq) => ({
      callId,
      seq: seq * 2,
      outcome: { state: "sent" as const },
      at: 3_000,
    }));

    await ledgerIn(database(binding)).record(news);
    const first = rows.written;
    await ledgerIn(database(binding)).record(news);

    expect(first).toBe(1);
    expect(rows.written).toBe(1);
    expect((await callReport(db, "1", callId))?.states).toMatchObject({ sent: 25, queued: 35 });
  });

  it("of several calls and pages writes each down where it belongs, and leaves unknown ones alone", async () => {
    const [one, other] = [await callTo(2, "one"), await callTo(2, "other")];

    await ledger.record([
      { callId: one, seq: 1, outcome: { state: "sent" }, at: 3_000 },
      { callId: other, seq: 0, outcome: { state: "failed" }, at: 3_000 },
      { callId: other, seq: 100, outcome: { state: "sent" }, at: 3_000 },
      { callId: "nowhere", seq: 0, outcome: { state: "sent" }, at: 3_000 },
    ]);

    expect((await lines(one)).map(({ state }) => state)).toEqual(["queued", "sent"]);
    expect((await lines(other)).map(({ state }) => state)).toEqual(["failed", "queued"]);
  });
});

describe("the rest of a call", () => {
  it("is settled without touching those who have an outcome", async () => {
    const callId = await callTo(3, "rest");
    await ledger.record([
      { callId, seq: 0, outcome: { state: "sent" }, at: 3_000 },
      { callId, seq: 1, outcome: { state: "deferred", reason: ON_THE_WIRE }, at: 3_000 },
    ]);

    expect(await ledger.settleRest(callId, { state: "cancelled" }, 4_000)).toBe(false);
    const first = await lines(callId);
    expect(await ledger.underWayCount(callId)).toBe(1);
    expect(await ledger.settleRest(callId, { state: "failed", reason: "undeliverable" }, 5_000, true)).toBe(
      false,
    );

    expect(first.map(({ state }) => state)).toEqual(["sent", "deferred", "cancelled"]);
    expect(await lines(callId)).toMatchObject([
      { state: "sent" },
      { state: "failed", reason: "undeliverable" },
      { state: "cancelled", reason: null },
    ]);
    expect(await ledger.underWayCount(callId)).toBe(0);
  });

  it("that failed is put under way again, and the call with it", async () => {
    const callId = await callTo(3, "failed");
    await ledger.record([
      { callId, seq: 0, outcome: { state: "failed", reason: "refused" }, at: 3_000 },
      { callId, seq: 1, outcome: { state: "sent" }, at: 3_000 },
      { callId, seq: 2, outcome: { state: "failed" }, at: 3_000 },
    ]);
    await ledger.setState(callId, "finished", 4_000);

    expect(await ledger.requeueFailed(callId, 5_000)).toBe(2);
    expect(await callReport(db, "1", callId)).toMatchObject({ state: "running", finishedAt: null });
    expect(await lines(callId)).toMatchObject([
      { state: "queued", reason: null },
      { state: "sent" },
      { state: "queued" },
    ]);

    await ledger.setState(callId, "cancelled", 6_000);
    await ledger.settleRest(callId, { state: "cancelled" }, 6_000);
    expect(await ledger.requeueFailed(callId, 7_000)).toBe(0);
    expect(await callReport(db, "1", callId)).toMatchObject({
      state: "cancelled",
      finishedAt: new Date(6_000),
    });
  });

  it("is read on from any recipient, with who they are", async () => {
    const callId = await callTo(3, "read");
    const [first] = await ledger.underWay(callId, -1, 1);
    await directory.signOut(first?.lead.leadId ?? 0, first?.lead.person?.personId ?? 0);

    expect(await ledger.underWay(callId, -1, 2)).toMatchObject([
      { seq: 0, userId: "read-0", channel: "telegram", externalId: "chat-read-0", lead: { person: null } },
      { seq: 1, userId: "read-1", lead: { firstName: "А", language: "ru", person: { userId: "read-1" } } },
    ]);
    expect(await ledger.underWay(callId, 1, 2)).toMatchObject([{ seq: 2 }]);
  });
});

describe("a call", () => {
  it("is known with its times and state, and says when it is not there", async () => {
    const { callId } = await accept(["nobody"], { critical: true, sendAt: 9_000, expiresAt: 10_000 });
    const { callId: later } = await accept([], {});
    await signedIn("soon");
    const { callId: scheduled } = await accept(["soon"], { sendAt: 9_000 });

    expect(await ledger.call(callId)).toEqual({
      callId,
      botId: "1",
      alias: "post/new",
      data: "{}",
      critical: true,
      sendAt: 9_000,
      expiresAt: 10_000,
      isResolving: false,
      state: "finished",
    });
    expect(await ledger.call(later)).toMatchObject({ state: "finished" });
    expect(await ledger.call(scheduled)).toMatchObject({ state: "scheduled" });
    expect(await ledger.call("no such")).toBeNull();
  });

  it("is not unfinished before its time has come", async () => {
    await signedIn("planned");
    const { callId } = await accept(["planned"], { sendAt: 8_000 });
    const found = async (before: number) =>
      (await ledger.unfinished(before, 1_000)).some((one) => one.callId === callId);

    expect([await found(8_000), await found(8_001)]).toEqual([false, true]);
  });

  it("is unfinished until it has ended, and not while it is held", async () => {
    const isFound = async (callId: string) =>
      (await ledger.unfinished(9_999, 1_000)).some((one) => one.callId === callId);
    const callId = await callTo(1, "unfinished");

    const found = [await isFound(callId)];
    for (const state of ["paused", "running", "scheduled", "resolving", "cancelled", "finished"] as const) {
      await ledger.setState(callId, state, 3_000);
      found.push(await isFound(callId));
    }

    expect(found).toEqual([true, false, true, true, true, false, false]);
  });
});
