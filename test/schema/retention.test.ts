import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { callReport } from "../../schema/call-report.ts";
import { database } from "../../schema/database.ts";
import { countLetters, keepLetters } from "../../schema/dead-letter-box.ts";
import { ledgerIn } from "../../schema/ledger.ts";
import { sweepOld } from "../../schema/retention.ts";
import { accept, db, meter, signedIn } from "./setting.ts";

const DAY = 24 * 60 * 60_000;
const ledger = ledgerIn(db);

beforeAll(async () => {
  const bot = env.DB.prepare(
    `INSERT INTO bots (id, name, username, site_url, channel_token, system_url, system_token, created_at, retention_days)
      VALUES (?, 'x', 'x', 'x', 'x', 'x', 'x', 0, ?)`,
  );
  await env.DB.batch([bot.bind("1", 30), bot.bind("2", 90)]);
});

const ids = (count: number) => Array.from({ length: count }, (_, at) => `nobody-${at}`);
const pagesOf = async (callId: string) =>
  (await env.DB.prepare("SELECT 1 FROM ledger_pages WHERE call_id = ?").bind(callId).all()).results.length;

describe("the sweep", () => {
  it("throws away calls that ended longer ago than their bot keeps them, and no others", async () => {
    await signedIn("kept");
    const old = await accept(ids(250), { now: DAY });
    const cancelled = await accept(["kept"], { now: DAY });
    await ledger.setState(cancelled.callId, "cancelled", 2 * DAY);
    const open = await accept(["kept"], { now: DAY });
    const lasted = await accept(["kept"], { now: DAY });
    await ledger.setState(lasted.callId, "finished", 20 * DAY);
    const other = await accept(ids(1), { now: DAY, botId: "2" });

    await sweepOld(db, 40 * DAY);

    for (const { callId } of [old, cancelled]) {
      expect(await callReport(db, "1", callId)).toBeNull();
      expect(await pagesOf(callId)).toBe(0);
    }
    for (const { callId } of [open, lasted]) expect(await callReport(db, "1", callId)).not.toBeNull();
    expect(await callReport(db, "2", other.callId)).not.toBeNull();
  });

  it("of a great ledger takes some at a time, and the call with the last of it", async () => {
    const great = await accept([], { now: DAY });
    await env.DB.prepare(
      `WITH RECURSIVE n(page) AS (SELECT 0 UNION ALL SELECT page + 1 FROM n WHERE page < 5999)
        INSERT INTO ledger_pages SELECT ?, page, '{"queued":0,"deferred":0}', '[]' FROM n`,
    )
      .bind(great.callId)
      .run();

    await sweepOld(db, 40 * DAY);
    const left = await pagesOf(great.callId);
    const report = await callReport(db, "1", great.callId);
    await sweepOld(db, 40 * DAY);

    expect(left).toBe(1_000);
    expect(report).not.toBeNull();
    expect(await callReport(db, "1", great.callId)).toBeNull();
  });

  it("throws away old dead letters", async () => {
    const letter = (botId: string) =>
      ({ kind: "delivery", botId, callId: "c", seq: 0, reason: "x", cause: null }) as const;
    await keepLetters(db, [letter("1"), letter("2")], DAY);

    await sweepOld(db, 40 * DAY);

    expect(await countLetters(db, "1")).toBe(0);
    expect(await countLetters(db, "2")).toBe(1);
  });

  it("throws away old dead letters of no bot, and of one that is gone, without reading the young ones", async () => {
    const letter = (botId: string | null, text: string) =>
      ({ kind: "message", queue: "q", body: { botId, text }, reason: "x", cause: null }) as const;
    await keepLetters(db, [letter(null, "old"), letter("gone", "old")], DAY);
    const young = Array.from({ length: 300 }, (_, at) => letter("gone", `young ${at}`));
    await keepLetters(db, young, 99 * DAY);
    const { binding, rows } = meter();

    await sweepOld(database(binding), 100 * DAY);

    expect(await countLetters(db, null)).toBe(0);
    expect(await countLetters(db, "gone")).toBe(300);
    expect(rows.read).toBeLessThan(150);
  });
});
