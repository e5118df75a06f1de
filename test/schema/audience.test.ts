import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { acceptCall } from "../../schema/audience.ts";
import { countAudience } from "../../schema/audience-count.ts";
import { recipientReports } from "../../schema/call-report.ts";
import { database } from "../../schema/database.ts";
import { ledgerIn } from "../../schema/ledger.ts";
import { accept, db, directory, meter, newCall, signedIn } from "./setting.ts";

const ledger = ledgerIn(db);
const telling = { botId: "1", leadsTold: "recent", critical: false, now: 2_000 } as const;
const toldAll = { ...telling, leadsTold: "all" } as const;
const lines = (callId: string, after = -1, limit = 10) => recipientReports(db, callId, { after, limit });

describe("accepting a call", () => {
  it("counts who is linked, who is not, and who has blocked the bot", async () => {
    await signedIn("1");
    await directory.setStatus(await signedIn("2"), "blocked");

    const { callId, recipients } = await accept(["1", "2", "unknown"]);

    expect(recipients).toEqual({ total: 3, queued: 1, paused: 0, unlinked: 1, blocked: 1 });
    expect(await lines(callId)).toMatchObject([
      { userId: "1", state: "queued" },
      { userId: "2", state: "blocked", reason: "bot-blocked" },
      { userId: "unknown", state: "unlinked" },
    ]);
  });

  it("counts those who want quiet apart, and whom nobody may write to with their reason", async () => {
    const quiet = await signedIn("q");
    await signedIn("out");
    await signedIn("idle");
    await env.DB.batch([
      env.DB.prepare("UPDATE leads SET paused_until = 2001 WHERE id = ?").bind(quiet),
      ...[
        ["out", "blocked = true"],
        ["idle", "active = false"],
      ].map(([userId, what]) =>
        env.DB.prepare(
          `UPDATE persons SET ${what} WHERE id = (SELECT person_id FROM web_users WHERE web_user_id = ?)`,
        ).bind(userId),
      ),
    ]);

    const { callId, recipients } = await accept(["q", "out", "idle"]);

    expect(recipients).toEqual({ total: 3, queued: 0, paused: 1, unlinked: 0, blocked: 2 });
    expect((await lines(callId)).map(({ state, reason }) => [state, reason])).toEqual([
      ["queued", "paused"],
      ["blocked", "person-blocked"],
      ["blocked", "person-inactive"],
    ]);
    expect(await ledger.call(callId)).toMatchObject({ state: "running" });
  });

  it("twice under one id is accepting it once", async () => {
    await signedIn("3");
    const { callId, recipients } = await accept(["3", "x"]);

    const again = await accept(["3", "x"], { callId });

    expect(again.recipients).toEqual(recipients);
    expect(await lines(callId)).toHaveLength(2);
  });

  it("tells a person of several leads once, where they were last active; or in all of them", async () => {
    const first = await signedIn("4");
    const second = await signedIn("4", "second");
    await ledger.touch([{ leadId: second, at: 9_000 }]);
    await signedIn("4b");

    const once = await accept(["4", "4b"]);
    const everywhere = await accept(["4", "nobody", "4b"], { leadsTold: "all" });

    expect(await ledger.underWay(once.callId, -1, 10)).toMatchObject([
      { seq: 0, userId: "4", externalId: "second", lead: { leadId: second } },
      { seq: 1, userId: "4b" },
    ]);
    expect((await lines(everywhere.callId)).map(({ seq, userId, leadId }) => [seq, userId, leadId])).toEqual([
      [0, "4", first],
      [1, "4", second],
      [2, "nobody", null],
      [3, "4b", expect.any(Number)],
    ]);
    expect(everywhere.recipients).toMatchObject({ total: 4, queued: 3, unlinked: 1 });
  });

  it("tells nobody of another bot", async () => {
    await signedIn("5");

    expect(await accept(["5"], { botId: "2" })).toMatchObject({ recipients: { queued: 0, unlinked: 1 } });
  });

  it("of 25,000 ids writes each of them once, in their order", async () => {
    const ids = Array.from({ length: 25_000 }, (_, at) => `many-${at}`);

    const { callId, recipients } = await accept(ids);

    expect(recipients).toMatchObject({ total: 25_000, unlinked: 25_000 });
    expect((await lines(callId, 19_998, 2)).map(({ seq, userId }) => [seq, userId])).toEqual([
      [19_999, "many-19999"],
      [20_000, "many-20000"],
    ]);
  });

  it.each([
    // Here they take 0.3 s and 0.9 s.
    ["short", 2_000, (at: number) => `u${at}`],
    ["long", 4_000, (at: number) => `${"ид".repeat(60)}-${at}`],
  ])("of 100,000 %s ids writes 1,000 pages, in less than %i ms", async (_name, most, id) => {
    const { binding, rows } = meter();
    const userIds = Array.from({ length: 100_000 }, (_unused, at) => id(at));

    const begun = performance.now();
    const counts = await acceptCall(database(binding), newCall({ userIds }));
    const took = performance.now() - begun;

    expect(counts).toMatchObject({ total: 100_000, unlinked: 100_000 });
    expect(rows.written).toBeLessThan(1_010);
    expect(took).toBeLessThan(most);
  });
});

describe("counting an audience", () => {
  it("says what accepting would, writes nothing, and shows one who would be told", async () => {
    const leadId = await signedIn("c1");
    await directory.setStatus(await signedIn("c2"), "blocked");
    const { binding, rows } = meter();

    const counted = await countAudience(database(binding), telling, { userIds: ["nobody", "c2", "c1"] });

    expect(counted).toMatchObject({
      counts: { total: 3, queued: 1, paused: 0, unlinked: 1, blocked: 1 },
      sample: { seq: 0, userId: "c1", externalId: "chat-c1", lead: { leadId, person: { userId: "c1" } } },
    });
    expect(rows.written).toBe(0);
    expect((await countAudience(db, telling, { userIds: ["nobody"] })).sample).toBeNull();
  });

  it("of a rule stops after so many steps, and says that there are more", async () => {
    await signedIn("c3");
    const rule = { linked: true };

    const none = await countAudience(db, toldAll, { rule }, 0);
    const whole = await countAudience(db, toldAll, { rule }, 1);

    expect(none).toMatchObject({ counts: { total: 0 }, isPartial: true, sample: null });
    expect(whole.isPartial).toBe(false);
    expect(whole.counts.total).toBeGreaterThan(0);
  });

  it("of all leads of a person counts each, so that the counts add up", async () => {
    await signedIn("c4");
    await signedIn("c4", "c4-second");

    const { counts } = await countAudience(db, toldAll, { userIds: ["c4", "nobody"] });

    expect(counts).toEqual({ total: 3, queued: 2, paused: 0, unlinked: 1, blocked: 0 });
  });
});
