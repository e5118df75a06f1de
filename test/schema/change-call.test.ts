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
  return newCall({ leadIds: made.found.leadIds }, { made, ...more });
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
    expect(await countAudience(db, telling, { leadIds: made?.found.leadIds ?? [] })).toMatchObject({
      counts: { total: 3, queued: 1, paused: 2 },
      sample: { userId: null, lead: { leadId: back } },
    });
  });

  it("of users by their ids lets what is critical through a pause too", async () => {
    await pause(await signedIn("4"), NOW + 1);

    expect((await accept(["4"])).recipients).toMatchObject({ queued: 0, paused: 1 });
    expect((await accept(["4"], { critical: true })).recipients).toMatchObject({ queued: 1, paused: 0 });
  });
});

describe("accepting a call by a rule", () => {
  it("lets what is critical through a pause too", async () => {
    await pause(await signedIn("6"), NOW + 1);
    const countsOf = async (critical: boolean) => {
      const call = newCall({ rule: { userId: "6" } }, { critical });
      await acceptCall(db, call);
      while (!(await walkOn(db, call.callId, NOW)));
      return (await callReport(db, "1", call.callId))?.accepted;
    };

    expect(await countsOf(false)).toMatchObject({ queued: 0, paused: 1 });
    expect(await countsOf(true)).toMatchObject({ queued: 1, paused: 0 });
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
    return { made, news: await newsOf(db, "1", made, true) };
  }

  it("is who each of their leads is by now, also where nobody is in the chat", async () => {
    const leads = [await signedIn("10"), await signedIn("10", "10-gone")];
    await directory.setStatus(leads[1] ?? 0, "deleted");

    const { news } = await newsAfter({ kind: "disconnect", userId: "10" });

    expect(news).toMatchObject([
      {
        address: { botId: "1", channel: "telegram", externalId: "chat-10" },
        lead: { leadId: leads[0], person: null },
        wasDeleted: false,
      },
      { address: { externalId: "10-gone" }, lead: { leadId: leads[1], person: null } },
    ]);
  });

  it("says of a deleted account that it was, but not to whoever has signed in again", async () => {
    const leadId = await signedIn("11");
    const { made, news } = await newsAfter({ kind: "delete", userId: "11" });
    await signedIn("11");

    expect(news).toMatchObject([{ lead: { leadId }, wasDeleted: true }]);
    expect(await newsOf(db, "1", made, false)).toMatchObject([{ lead: { leadId }, wasDeleted: false }]);
  });

  it("has a chat in which they signed in between the look and the change", async () => {
    await signedIn("12");
    const made = await foundNow({ kind: "disconnect", userId: "12" });
    await signedIn("12", "12-late");

    await makeChange(db, { botId: "1", change: made.change, now: NOW });

    const news = await newsOf(db, "1", made, true);
    expect(news.map(({ address, lead }) => [address.externalId, lead.person])).toEqual([
      ["chat-12", null],
      ["12-late", null],
    ]);
  });

  it("has the pause that the call said, though a conversation wrote its own a moment later; not so any time after", async () => {
    const leadId = await signedIn("13");
    const { made } = await newsAfter({ kind: "pause", userId: "13", until: 9_000 });
    await directory.setTraits(leadId, { tags: ["x"], variables: {}, pausedUntil: null, withOperator: false });

    expect(await newsOf(db, "1", made, true)).toMatchObject([{ lead: { pausedUntil: 9_000, tags: ["x"] } }]);
    expect(await newsOf(db, "1", made, false)).toMatchObject([{ lead: { pausedUntil: null } }]);
  });
});
