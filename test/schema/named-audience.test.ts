import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Audience } from "../../contract/call.ts";
import { acceptCall, type NewCall } from "../../schema/audience.ts";
import { openBuid } from "../../schema/buids.ts";
import { recipientReports } from "../../schema/call-report.ts";
import { db, directory, leadOf, newCall, signedIn, signIn } from "./setting.ts";

/** What the ledger says of a call to this audience: of each its user, lead, state and reason; with the counts. */
async function ledgerOf(audience: Audience, more: Partial<NewCall> = {}) {
  const call = newCall(audience, more);
  const counts = await acceptCall(db, call);
  const lines = await recipientReports(db, call.callId, { after: -1, limit: 100 });
  return {
    counts,
    lines: lines.map(({ userId, leadId, state, reason }) => [userId, leadId, state, reason] as const),
  };
}

const userOf = (userId: string) => {
  const names = { firstName: "А", lastName: "", patronymic: "", phone: "", email: "", location: {} };
  return { userId, active: true, role: "user", ...names };
};

const set = (table: string, how: string, id: number) =>
  env.DB.prepare(`UPDATE ${table} SET ${how} WHERE id = ?`).bind(id).run();

describe("leads that a call names", () => {
  it("are told in their order, each by itself, whoever is in the chat", async () => {
    const [one, two] = [await signedIn("leads", "leads-1"), await signedIn("leads", "leads-2")];
    const [stranger, withBuid] = [await leadOf("leads-3"), await leadOf("leads-4")];
    await openBuid(db, { botId: "1", leadId: withBuid }, 1);

    const { counts, lines } = await ledgerOf({ leadIds: [two, stranger, one, withBuid] });

    expect(counts).toEqual({ total: 4, queued: 4, paused: 0, unlinked: 0, blocked: 0 });
    expect(lines).toEqual([
      [null, two, "queued", null],
      [null, stranger, "queued", null],
      [null, one, "queued", null],
      [null, withBuid, "queued", null],
    ]);
  });

  it("are not told who are blocked, have blocked the bot, or are not there: unknown, gone, or another bot's", async () => {
    const [blocked, idle, blocks, quiet] = [
      await signedIn("blocked"),
      await signedIn("idle"),
      await signedIn("blocks"),
      await signedIn("quiet"),
    ];
    const [gone, elsewhere] = [await leadOf("gone"), await leadOf("elsewhere", "2")];
    await set("persons", "blocked = 1", await signIn(blocked, "blocked"));
    await set("persons", "active = 0", await signIn(idle, "idle"));
    await directory.setStatus(blocks, "blocked");
    await directory.setStatus(gone, "deleted");
    await set("leads", "paused_until = 3000", quiet);

    const { counts, lines } = await ledgerOf({
      leadIds: [blocked, idle, blocks, quiet, gone, elsewhere, 999_999],
    });

    expect(lines).toEqual([
      [null, blocked, "blocked", "person-blocked"],
      [null, idle, "blocked", "person-inactive"],
      [null, blocks, "blocked", "bot-blocked"],
      [null, quiet, "queued", "paused"],
      [null, null, "unlinked", null],
      [null, null, "unlinked", null],
      [null, null, "unlinked", null],
    ]);
    expect(counts).toEqual({ total: 7, queued: 0, paused: 1, unlinked: 3, blocked: 3 });
  });

  it("of one user stand in the ledger as that user", async () => {
    const leadId = await signedIn("meant");

    expect((await ledgerOf({ leadIds: [leadId], userId: "meant" })).lines).toEqual([
      ["meant", leadId, "queued", null],
    ]);
  });

  it("are left out where their user is, and strangers are not", async () => {
    const [author, other, stranger] = [
      await signedIn("author"),
      await signedIn("reader"),
      await leadOf("passer-by"),
    ];

    const { lines } = await ledgerOf({ leadIds: [author, other, stranger], except: ["author", "nobody"] });

    expect(lines.map(([, leadId]) => leadId)).toEqual([other, stranger]);
  });
});

describe("persons that a call names", () => {
  it("are told in one of their chats, or in all", async () => {
    const [one, two] = [await leadOf("person-1"), await leadOf("person-2")];
    await signIn(one, "person");
    const personId = await signIn(two, "person");
    await set("leads", "last_activity_at = 9000", one);

    const recent = await ledgerOf({ personIds: [personId] });
    const all = await ledgerOf({ personIds: [personId] }, { leadsTold: "all" });

    expect(recent.lines).toEqual([["person", one, "queued", null]]);
    expect(all.lines).toEqual([
      ["person", one, "queued", null],
      ["person", two, "queued", null],
    ]);
  });

  it("are told without an account too: a stranger who has a BUID", async () => {
    const leadId = await leadOf("person-3");
    await openBuid(db, { botId: "1", leadId }, 1);
    const { id = 0 } =
      (await env.DB.prepare("SELECT person_id AS id FROM leads WHERE id = ?")
        .bind(leadId)
        .first<{ id: number }>()) ?? {};

    expect((await ledgerOf({ personIds: [id] })).lines).toEqual([[null, leadId, "queued", null]]);
  });

  it("are not told who are blocked, have no chat any more, are unknown, or another bot's", async () => {
    const [blocked, out] = [await leadOf("person-4"), await leadOf("person-5")];
    const [blockedId, outId] = [await signIn(blocked, "person-4"), await signIn(out, "person-5")];
    await set("persons", "blocked = 1", blockedId);
    await directory.signOut(out, outId);
    const other = await leadOf("person-6", "2");
    const { person } = await directory.signIn(other, "2", userOf("person-6"));

    const { lines, counts } = await ledgerOf({
      personIds: [blockedId, outId, person?.personId ?? 0, 999_999],
    });

    expect(lines).toEqual([
      ["person-4", blocked, "blocked", "person-blocked"],
      [null, null, "unlinked", null],
      [null, null, "unlinked", null],
      [null, null, "unlinked", null],
    ]);
    expect(counts).toMatchObject({ total: 4, unlinked: 3, blocked: 1 });
  });

  it("of many thousands are accepted in one call", async () => {
    const leadId = await leadOf("person-7");
    const personId = await signIn(leadId, "person-7");
    const others = Array.from({ length: 4_999 }, (_, at) => 1_000_000 + at);

    const { counts } = await ledgerOf({ personIds: [...others, personId] });
    const leads = await ledgerOf({ leadIds: [...others, leadId] });

    expect(counts).toMatchObject({ total: 5_000, queued: 1, unlinked: 4_999 });
    expect(leads.counts).toEqual(counts);
  });
});
