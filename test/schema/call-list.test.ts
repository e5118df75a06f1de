import { describe, expect, it } from "vitest";
import { callList, countOpenCalls, isCallCursor } from "../../schema/call-list.ts";
import { recipientReports } from "../../schema/call-report.ts";
import { ledgerIn } from "../../schema/ledger.ts";
import { accept, db, signedIn } from "./setting.ts";

const all = { aliases: null, cursor: null, limit: 10 };

describe("the list of calls", () => {
  it("has the newest first, each once, though calls come while it is read", async () => {
    for (const now of [1_000, 2_000, 2_000, 2_000, 3_000]) await accept(["x"], { now, botId: "list" });

    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await callList(db, "list", { aliases: null, cursor, limit: 2 });
      seen.push(...page.calls.map(({ callId }) => callId));
      await accept(["x"], { now: 4_000, botId: "list" });
      cursor = page.next;
    } while (cursor !== null && isCallCursor(cursor));

    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
    expect(isCallCursor("soon")).toBe(false);
  });

  it("has those of an alias, a state and a time, with their counts", async () => {
    await signedIn("someone");
    const { callId } = await accept(["someone", "x"], { now: 2_000, botId: "1", alias: "comment/new" });
    await accept(["x"], { now: 3_000 });

    const byAlias = await callList(db, "1", { ...all, alias: "comment/new" });
    const running = await callList(db, "1", { ...all, state: "running" });
    const early = await callList(db, "1", { ...all, from: new Date(2_000), to: new Date(3_000) });

    const allowed = await callList(db, "1", { ...all, aliases: ["post/old", "comment/new"] });

    for (const { calls, next } of [byAlias, running, early, allowed]) {
      expect(calls).toMatchObject([
        {
          callId,
          state: "running",
          accepted: { total: 2, queued: 1, unlinked: 1 },
          startedAt: new Date(2_000),
        },
      ]);
      expect(next).toBeNull();
    }
    expect((await callList(db, "2", all)).calls).toEqual([]);
  });
});

describe("the count of calls that have an end to come", () => {
  it("is of a bot and of some aliases, held ones apart", async () => {
    await signedIn("open");
    const made = [];
    for (const [alias, sendAt] of [["post/new"], ["post/new", 9_000], ["comment/new"]] as const)
      made.push(await accept(["open"], { alias, sendAt: sendAt ?? null, now: 4_000 }));
    const before = await countOpenCalls(db, "1", ["comment/new"]);
    await ledgerIn(db).setState(made[2]?.callId ?? "", "paused", 5_000);

    const comments = await countOpenCalls(db, "1", ["comment/new"]);

    // One of an earlier test runs, too.
    expect([before.running, comments.running, comments.paused, comments.scheduled]).toEqual([2, 1, 1, 0]);
    expect(await countOpenCalls(db, "1", null)).toMatchObject({ scheduled: 1, paused: 1 });
    expect(await countOpenCalls(db, "2", null)).toMatchObject({ scheduled: 0, running: 0 });
  });
});

describe("the list of recipients", () => {
  it("has those of one state, on from any of them", async () => {
    const { callId } = await accept(Array.from({ length: 450 }, (_, at) => `u${at}`));
    const failed = [3, 199, 200, 440];
    // Nobody of them is on the way, so the news must tell more than `unlinked`.
    await ledgerIn(db).record(
      failed.map((seq) => ({ callId, seq, outcome: { state: "sent" as const }, at: 3_000 })),
    );

    const first = await recipientReports(db, callId, { state: "sent", after: -1, limit: 3 });
    const rest = await recipientReports(db, callId, { state: "sent", after: 200, limit: 3 });

    expect([...first, ...rest].map(({ seq }) => seq)).toEqual(failed);
  });
});
