import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { PersonChange } from "../../contract/person-change.ts";
import { acceptCall, type NewCall } from "../../schema/audience.ts";
import { countAudience } from "../../schema/audience-count.ts";
import { walkOn } from "../../schema/audience-walk.ts";
import { callReport, recipientReports } from "../../schema/call-report.ts";
import { newsOf } from "../../schema/lead-news.ts";
import { ledgerIn } from "../../schema/ledger.ts";
import { findChange, foundByCall, makeChange } from "../../schema/person-change.ts";
import { accept, db, directory, newCall, signedIn } from "./setting.ts";

const NOW = 2_000;

/** What a change comes to now. */
async function foundNow(change: PersonChange) {
  const found = await findChange(db, "1", change, NOW);
  if (!found) throw new Error("Nobody was ever this user");
  return { change, found };
}

/** A call that makes a change and tells all chats of its user. */
async function callOf(change: PersonChange, more: Partial<NewCall> = {}) {
  const made = await foundNow(change);
  return newCall({ leadIds: made.found.leadIds, evenBarred: true }, { made, ...more });
}

const lines = async (callId: string) =>
  (await recipientReports(db, callId, { after: -1, limit: 10 })).map(({ userId, leadId, state, reason }) => ({
    userId,
    leadId,
    state,
    reason,
  }));

const leadIn = (externalId: string) => directory.findLead({ botId: "1", channel: "telegram", externalId });
const pause = (leadId: number, until: number) =>
  env.DB.prepare("UPDATE leads SET paused_until = ? WHERE id = ?").bind(until, leadId).run();

describe("accepting a call that changes a user", () => {
  it("tells all their chats, whoever they are by then: what the change makes of them matters not", async () => {
    const leads = [await signedIn("1"), await signedIn("1", "1-other"), await signedIn("1", "1-blocked")];
    await directory.setStatus(leads[2] ?? 0, "blocked");
    const call = await callOf({ kind: "block", userId: "1", reason: "Спам" });

    const counts = await acceptCall(db, call);

    expect(counts).toEqual({ total: 3, queued: 2, paused: 0, unlinked: 0, blocked: 1 });
    const told = { userId: null, state: "queued", reason: null };
    expect(await lines(call.callId)).toEqual([
      { ...told, leadId: leads[0] },
      { ...told, leadId: leads[1] },
      { ...told, leadId: leads[2], state: "blocked", reason: "bot-blocked" },
    ]);
    expect(await leadIn("1-other")).toMatchObject({ barred: { userId: "1" } });
    expect(await foundByCall(db, call.callId)).toEqual(call.made?.found);
  });

  it("twice under one id makes the change once, whatever came in between", async () => {
    await signedIn("2");
    const call = await callOf({ kind: "disconnect", userId: "2" });
    const counts = await acceptCall(db, call);
    await signedIn("2");

    expect(await acceptCall(db, call)).toEqual(counts);

    expect(await leadIn("chat-2")).toMatchObject({ person: { userId: "2" } });
  });

  it("has those wait who want quiet, or speak with an operator; but for what is critical", async () => {
    const [quiet, , back] = [await signedIn("3"), await signedIn("3", "3-op"), await signedIn("3", "3-back")];
    await pause(quiet, NOW + 1);
    await pause(back, NOW);
    await env.DB.prepare("UPDATE leads SET with_operator = 1 WHERE external_id = '3-op'").run();
    const change = { kind: "connect", userId: "3" } as const;

    expect(await acceptCall(db, await callOf(change))).toMatchObject({ queued: 1, paused: 2 });
    expect(await acceptCall(db, await callOf(change, { critical: true }))).toMatchObject({
      queued: 3,
      paused: 0,
    });
    const telling = { botId: "1", leadsTold: "recent", critical: false, now: NOW } as const;
    const { made } = await callOf(change);
    expect(
      await countAudience(db, telling, { leadIds: made?.found.leadIds ?? [], evenBarred: true }),
    ).toMatchObject({
      counts: { total: 3, queued: 1, paused: 2 },
      sample: { userId: null, lead: { leadId: back } },
    });
  });

  it("has nobody wait for an operator who is told even then, but for a pause all the same", async () => {
    const [busy, quiet] = [await signedIn("7"), await signedIn("7", "7-quiet")];
    await pause(quiet, NOW + 1);
    await env.DB.prepare("UPDATE leads SET with_operator = 1 WHERE id = ?").bind(busy).run();
    const change = { kind: "connect", userId: "7" } as const;

    const call = await callOf(change, { evenWithOperator: true });

    expect(await acceptCall(db, call)).toMatchObject({ queued: 1, paused: 1 });
    expect(await countAudience(db, call, call.audience)).toMatchObject({ counts: { queued: 1, paused: 1 } });
  });

  it("of users by their ids lets what is critical through a pause too", async () => {
    await pause(await signedIn("4"), NOW + 1);

    expect((await accept(["4"])).recipients).toMatchObject({ queued: 0, paused: 1 });
    expect((await accept(["4"], { critical: true })).recipients).toMatchObject({ queued: 1, paused: 0 });
  });
});

describe("accepting a call by a rule", () => {
  /** How many are told of a call to this user by a rule, whose walk takes several steps. */
  async function countsOf(userId: string, more: Partial<NewCall>) {
    const call = newCall({ rule: { userId } }, more);
    await acceptCall(db, call);
    while (!(await walkOn(db, call.callId, NOW, 1)));
    return (await callReport(db, "1", call.callId))?.accepted;
  }

  it("lets what is critical through a pause too", async () => {
    await pause(await signedIn("6"), NOW + 1);

    expect(await countsOf("6", {})).toMatchObject({ queued: 0, paused: 1 });
    expect(await countsOf("6", { evenWithOperator: true })).toMatchObject({ queued: 0, paused: 1 });
    expect(await countsOf("6", { critical: true })).toMatchObject({ queued: 1, paused: 0 });
  });

  it("has nobody wait for an operator who is told even then", async () => {
    const leadId = await signedIn("8");
    await env.DB.prepare("UPDATE leads SET with_operator = 1 WHERE id = ?").bind(leadId).run();

    expect(await countsOf("8", {})).toMatchObject({ queued: 0, paused: 1 });
    expect(await countsOf("8", { evenWithOperator: true })).toMatchObject({ queued: 1, paused: 0 });
  });
});

describe("two calls that make the same change at once", () => {
  const quiet = { kind: "pause", userId: "same-4", until: 9_000 } as const;
  it.each<[string, PersonChange, PersonChange?]>([
    ["block", { kind: "block", userId: "same-1", reason: "Спам" }],
    ["unblock", { kind: "unblock", userId: "same-2" }, { kind: "block", userId: "same-2", reason: "" }],
    ["disconnect", { kind: "disconnect", userId: "same-3" }],
    ["pause", quiet],
    ["resume", { kind: "resume", userId: "same-5" }, { ...quiet, userId: "same-5" }],
  ])("%s: the first tells of it, the second is not written", async (_kind, change, before) => {
    await signedIn(change.userId);
    if (before) await makeChange(db, { botId: "1", change: before, now: NOW });
    const [first, second] = [await callOf(change, { critical: true }), await callOf(change)];

    expect(await acceptCall(db, first)).toMatchObject({ total: 1, queued: 1 });
    expect(await acceptCall(db, second)).toBe("overtaken");

    expect(await callReport(db, "1", second.callId)).toBeNull();
    expect(await lines(second.callId)).toEqual([]);
    expect(await acceptCall(db, first)).toMatchObject({ total: 1, queued: 1 });
  });

  it("with other reasons each tell their own", async () => {
    await signedIn("same-6");
    const block = (reason: string) => callOf({ kind: "block", userId: "same-6", reason });
    const [first, second] = [await block("Спам"), await block("Взлом")];

    expect(await acceptCall(db, first)).toMatchObject({ queued: 1 });
    expect(await acceptCall(db, second)).toMatchObject({ queued: 1 });
  });
});

describe("recipients on their way to the queue", () => {
  it("have who they are, and none of their traits: these may be long", async () => {
    const leadId = await signedIn("5");
    const traits = {
      tags: ["x"],
      variables: { essay: "x".repeat(9_000) },
      pausedUntil: null,
      withOperator: false,
    };
    await directory.setTraits(leadId, traits);
    const call = await callOf({ kind: "block", userId: "5", reason: "Спам" });
    await acceptCall(db, call);

    const [recipient] = await ledgerIn(db).underWay(call.callId, -1, 10);

    expect(recipient?.lead).toMatchObject({
      leadId,
      person: null,
      barred: { userId: "5", reason: "Спам" },
      tags: [],
      variables: {},
    });
  });
});

describe("what conversations are to know after a change", () => {
  /** Makes a change, and says what is to be learned. */
  async function newsAfter(change: PersonChange) {
    const made = await foundNow(change);
    await makeChange(db, { botId: "1", change, now: NOW });
    return { made, news: await newsOf(db, "1", made) };
  }

  it("goes to each of their chats, also where nobody is any more", async () => {
    await signedIn("10");
    await directory.setStatus(await signedIn("10", "10-gone"), "deleted");

    const { news } = await newsAfter({ kind: "disconnect", userId: "10" });

    expect(news).toEqual([
      { address: { botId: "1", channel: "telegram", externalId: "chat-10" }, wasDeleted: false },
      { address: { botId: "1", channel: "telegram", externalId: "10-gone" }, wasDeleted: false },
    ]);
  });

  it("says of a deleted account that it was", async () => {
    await signedIn("11");

    const { news } = await newsAfter({ kind: "delete", userId: "11" });

    expect(news).toMatchObject([{ address: { externalId: "chat-11" }, wasDeleted: true }]);
  });

  it("has a chat in which they signed in between the look and the change", async () => {
    await signedIn("12");
    const made = await foundNow({ kind: "disconnect", userId: "12" });
    await signedIn("12", "12-late");

    await makeChange(db, { botId: "1", change: made.change, now: NOW });

    const news = await newsOf(db, "1", made);
    expect(news.map(({ address }) => address.externalId)).toEqual(["chat-12", "12-late"]);
  });

  it("is no pause where they have signed out", async () => {
    const leadId = await signedIn("14");
    const { person } = (await leadIn("chat-14")) ?? {};
    await directory.signOut(leadId, person?.personId ?? 0);

    expect((await newsAfter({ kind: "pause", userId: "14", until: 9_000 })).news).toEqual([]);
  });
});
