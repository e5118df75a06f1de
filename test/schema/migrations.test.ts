import { applyD1Migrations, type D1Migration } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { sql } from "drizzle-orm";
import { SQLiteAsyncDialect } from "drizzle-orm/sqlite-core";
import { beforeAll, describe, expect, it } from "vitest";
import { openBuid, ownerOfBuid } from "../../schema/buids.ts";
import { callReport, recipientReports } from "../../schema/call-report.ts";
import { endFormLinks, endStartLinks } from "../../schema/end-links.ts";
import { identityOf } from "../../schema/lead-identity.ts";
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
    env.DB.prepare(`INSERT INTO persons (id, bot_id, first_name, role, created_at, updated_at)
      VALUES (7, '1', 'Анна', 'user', 1, 1), (8, '1', 'Лев', 'user', 1, 1)`),
    env.DB.prepare(`INSERT INTO leads (id, bot_id, channel, external_id, first_name, person_id, language, created_at, last_activity_at)
      VALUES (5, '1', 'telegram', '5', 'Анна', 7, 'ru', 1, 1), (6, '1', 'telegram', '6', 'Лев', NULL, 'ru', 1, 1)`),
    env.DB.prepare(`INSERT INTO web_users (id, bot_id, buid, person_id, web_user_id, linked_at, unlinked_at)
      VALUES (2, '1', 'before', 7, '127', 10, 20), (4, '1', 'now', 7, '127', 30, NULL), (9, '1', 'gone', 8, '1707', 10, 20)`),
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

  it("carry accounts over, with their BUIDs and their history, and go on counting after them", async () => {
    const { results } = await env.DB.prepare(
      "SELECT id, bot_id AS bot, buid, person_id AS person, web_user_id AS user, linked_at AS linked, unlinked_at AS unlinked FROM web_users ORDER BY id",
    ).all();
    expect(results).toEqual([
      { id: 2, bot: "1", buid: "before", person: 7, user: "127", linked: 10, unlinked: 20 },
      { id: 4, bot: "1", buid: "now", person: 7, user: "127", linked: 30, unlinked: null },
      { id: 9, bot: "1", buid: "gone", person: 8, user: "1707", linked: 10, unlinked: 20 },
    ]);

    expect(await ownerOfBuid(db, "1", "now")).toEqual({ userId: "127", isBarred: false });
    expect(await ownerOfBuid(db, "1", "before")).toBeNull();
    expect(await identityOf(db, "1", 5)).toMatchObject({ personId: 7, userId: "127" });
    expect(await openBuid(db, { botId: "1", leadId: 5 }, 40)).toBe("now");
    await openBuid(db, { botId: "1", leadId: 6 }, 40);
    const last = await env.DB.prepare("SELECT max(id) AS id FROM web_users").first();
    expect(last).toEqual({ id: 10 });
  });

  it("hold the old accounts, too, to the rules: one open account of a user and of a person, of their own bot", async () => {
    const wrong = [
      "UPDATE web_users SET unlinked_at = NULL WHERE buid = 'before'",
      "UPDATE web_users SET bot_id = '2' WHERE buid = 'gone'",
      "UPDATE web_users SET web_user_id = NULL WHERE buid = 'gone'",
      "UPDATE web_users SET buid = 'now' WHERE buid = 'gone'",
      "UPDATE leads SET person_id = 99 WHERE id = 5",
      "DELETE FROM persons WHERE id = 8",
    ];

    for (const statement of wrong)
      await expect(env.DB.prepare(statement).run()).rejects.toThrow(/constraint|another bot/i);
    const { results } = await env.DB.prepare("PRAGMA foreign_key_check").all();
    expect(results).toEqual([]);
  });

  it("give tokens no wrong PINs", async () => {
    const row = await env.DB.prepare("SELECT hour, wrong_pins_in_hour AS wrong FROM api_tokens").first();

    expect(row).toEqual({ hour: 0, wrong: 0 });
  });

  it.each([
    ["old links", "link_tokens_by_age", "SELECT hash FROM link_tokens WHERE expires_at < 5 LIMIT 10"],
    [
      "a user's links into the messenger",
      "link_tokens_of_user",
      "UPDATE link_tokens SET ended_at = 1 WHERE bot_id = '1' AND web_user_id = '127' AND kind = 'start' AND ended_at IS NULL",
    ],
    [
      "the links of a chat",
      "link_tokens_of_lead",
      "UPDATE link_tokens SET ended_at = 1 WHERE kind = 'form' AND lead_id IN (SELECT id FROM leads WHERE person_id = 7)",
    ],
    [
      "an account by its BUID",
      "web_users_by_buid",
      "SELECT * FROM web_users WHERE bot_id = '1' AND buid = 'x' AND unlinked_at IS NULL",
    ],
    [
      "the account of a person",
      "web_users_by_person",
      "SELECT web_user_id FROM web_users WHERE person_id = 7 AND unlinked_at IS NULL",
    ],
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

  it("have an index by which what ends links finds them, and reads no other", async () => {
    const dialect = new SQLiteAsyncDialect({ casing: "snake_case" });
    for (const statement of [endStartLinks(sql`person_id = 5`, 1), endFormLinks(sql`leads.id = 5`, 1)]) {
      const { sql: text, params } = dialect.sqlToQuery(statement);
      const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${text}`)
        .bind(...params)
        .all<{ detail: string }>();
      expect(results.map(({ detail }) => detail).join()).not.toContain("SCAN");
    }
  });

  it("have an index that lists a bot's letters in their order, from any of them on", async () => {
    const plan = await planOf(`SELECT * FROM dead_letters WHERE bot_id IS NULL AND created_at <= 5
      AND (created_at, id) < (5, 'x') ORDER BY created_at DESC, id DESC LIMIT 10`);

    expect(plan).toContain("dead_letters_by_bot (bot_id=? AND");
    expect(plan).not.toContain("TEMP B-TREE");
  });
});
