import { applyD1Migrations, type D1Migration } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { callReport, recipientReports } from "../../schema/call-report.ts";
import { ledgerIn } from "../../schema/ledger.ts";
import { db } from "./setting.ts";

const { MIGRATIONS } = env as unknown as { readonly MIGRATIONS: D1Migration[] };

/** Empties the database, and puts into it what the first release left. */
async function firstRelease(): Promise<void> {
  const { results } = await env.DB.prepare(
    "SELECT type, name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_cf_*'",
  ).all<{ type: string; name: string }>();
  for (const { type, name } of results.toReversed()) await env.DB.exec(`DROP ${type} ${name}`);
  await applyD1Migrations(env.DB, MIGRATIONS.slice(0, 1));
  const call = env.DB.prepare("INSERT INTO calls VALUES (?, '1', 'post/new', 't', '{}', ?, 1000, ?)");
  const counts = JSON.stringify({ total: 250, queued: 250, paused: 0, unlinked: 0, blocked: 0 });
  await env.DB.batch([
    call.bind("over", counts, 5_000),
    call.bind("open", counts, null),
    env.DB.prepare("INSERT INTO api_tokens VALUES ('a', 'Shop', 'hash', '[]', '[]', 1, NULL, NULL, NULL)"),
    env.DB.prepare(`WITH RECURSIVE n(seq) AS (SELECT 0 UNION ALL SELECT seq + 1 FROM n WHERE seq < 249)
      INSERT INTO deliveries SELECT id, seq, 'user-' || seq, seq + 1,
        CASE seq WHEN 1 THEN 'sent' WHEN 249 THEN 'failed' ELSE 'queued' END,
        CASE seq WHEN 249 THEN 'refused' WHEN 2 THEN 'paused' END, 2000 FROM calls, n ORDER BY seq DESC`),
  ]);
}

/** How SQLite goes about a query. */
async function planOf(query: string): Promise<string> {
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${query}`).all<{ detail: string }>();
  return results.map(({ detail }) => detail).join();
}

describe("the migrations", () => {
  beforeAll(async () => {
    await firstRelease();
    await applyD1Migrations(env.DB, MIGRATIONS);
  });

  it("carry calls and their ledger over from the first release", async () => {
    expect(await callReport(db, "1", "over")).toMatchObject({
      state: "finished",
      finishedAt: new Date(5_000),
      accepted: { total: 250 },
      states: { queued: 248, sent: 1, failed: 1 },
    });
    expect(await recipientReports(db, "open", { after: 247, limit: 10 })).toEqual([
      {
        seq: 248,
        userId: "user-248",
        leadId: 249,
        state: "queued",
        reason: null,
        updatedAt: new Date(2_000),
      },
      {
        seq: 249,
        userId: "user-249",
        leadId: 250,
        state: "failed",
        reason: "refused",
        updatedAt: new Date(2_000),
      },
    ]);
    expect(await ledgerIn(db).call("open")).toMatchObject({ state: "running", isResolving: false });
  });

  it("leave pages that are settled like new ones", async () => {
    const ledger = ledgerIn(db);

    await ledger.settleRest("open", { state: "expired" }, 6_000);

    expect((await callReport(db, "1", "open"))?.states).toMatchObject({ queued: 0, expired: 248, sent: 1 });
    expect(await ledger.requeueFailed("open", 7_000)).toBe(1);
  });

  it("make the ledger a table without row ids: with them every page would be paid twice", async () => {
    const { results } = await env.DB.prepare(
      "SELECT sql FROM sqlite_master WHERE name = 'ledger_pages'",
    ).all();

    expect(results).toEqual([{ sql: expect.stringMatching(/WITHOUT ROWID\s*$/) }]);
  });

  it("give tokens a limit", async () => {
    const { results } = await env.DB.prepare("SELECT calls_per_minute AS most FROM api_tokens").all();

    expect(results).toEqual([{ most: 600 }]);
  });

  it.each([
    [
      "unfinished calls",
      "calls_unfinished",
      `SELECT id FROM calls WHERE state IN ('scheduled', 'resolving', 'running')
        AND (send_at < 5 OR (send_at IS NULL AND created_at < 5)) ORDER BY random()`,
    ],
    [
      "a call's letters that wait",
      "dead_letters_of_call",
      "SELECT id FROM dead_letters WHERE call_id = 'c' AND redriven_at IS NULL AND dismissed_at IS NULL",
    ],
    [
      "a bot's letters that wait",
      "dead_letters_waiting",
      "SELECT count(*) FROM dead_letters WHERE bot_id = '1' AND redriven_at IS NULL AND dismissed_at IS NULL",
    ],
    [
      "leads that somebody has signed out of",
      "leads_by_former_person",
      "SELECT id FROM leads WHERE person_id IS NULL AND moved_from = 5",
    ],
    [
      "everybody who was a user",
      "web_users_of_user",
      "SELECT person_id FROM web_users WHERE bot_id = '1' AND web_user_id = '127'",
    ],
    ["leads that moved", "leads_by_move", "SELECT id FROM leads WHERE moved_at >= 5 AND +bot_id = '1'"],
  ])("have an index that finds %s", async (_name, index, query) => {
    expect(await planOf(query)).toContain(index);
  });

  it("have an index that lists a bot's letters in their order, from any of them on", async () => {
    const plan = await planOf(`SELECT * FROM dead_letters WHERE bot_id IS NULL AND created_at <= 5
      AND (created_at, id) < (5, 'x') ORDER BY created_at DESC, id DESC LIMIT 10`);

    expect(plan).toContain("dead_letters_by_bot (bot_id=? AND");
    expect(plan).not.toContain("TEMP B-TREE");
  });
});
