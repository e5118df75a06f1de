import { env } from "cloudflare:workers";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { FOREVER } from "../../contract/lead.ts";
import type { PersonChange } from "../../contract/person-change.ts";
import { leadsOfUser } from "../../schema/change-sql.ts";
import { findChange, makeChange } from "../../schema/person-change.ts";
import { db, directory, leadOf, signedIn, signIn } from "./setting.ts";

const NOW = 5_000;

const find = (change: PersonChange) => findChange(db, "1", change, NOW);
const make = (change: PersonChange, now = NOW) => makeChange(db, { botId: "1", change, now });
/** What a change comes to, before it is made and after. */
const isChangeTwice = async (change: PersonChange) => {
  const before = await find(change);
  await make(change);
  return [before?.isChange, (await find(change))?.isChange];
};
const leadIn = (externalId: string) => directory.findLead({ botId: "1", channel: "telegram", externalId });
const rowOf = (table: string, where: string) =>
  env.DB.prepare(`SELECT * FROM ${table} WHERE ${where}`).first<Record<string, unknown>>();
const personOf = (userId: string) =>
  rowOf("persons", `id = (SELECT person_id FROM web_users WHERE web_user_id = '${userId}' ORDER BY id DESC)`);

describe("finding out what a change comes to", () => {
  it("finds nobody where nobody ever was this user at this bot", async () => {
    await signedIn("10");

    expect(await find({ kind: "connect", userId: "nobody" })).toBeNull();
    expect(await findChange(db, "2", { kind: "connect", userId: "10" }, NOW)).toBeNull();
  });

  it("finds all leads of the user, but for those that nobody is behind any more", async () => {
    const [one, other] = [await signedIn("11"), await signedIn("11", "11-other")];
    await directory.setStatus(await signedIn("11", "11-gone"), "deleted");
    await directory.setStatus(other, "blocked");

    expect(await find({ kind: "connect", userId: "11" })).toEqual({
      isChange: true,
      changed: [],
      leadIds: [one, other],
    });
  });

  it("of a user who signed out finds the chats that they were in, unless somebody else is there by now", async () => {
    const personId = await signIn(await leadOf("12-a"), "12");
    const [mine, taken] = [await leadOf("12-a"), await leadOf("12-b")];
    await signIn(taken, "12");
    await directory.signOut(mine, personId);
    await directory.signOut(taken, personId);
    await signIn(taken, "12-another");

    expect(await find({ kind: "connect", userId: "12" })).toMatchObject({ leadIds: [mine] });
    await signIn(taken, "12");
    expect(await find({ kind: "connect", userId: "12" })).toMatchObject({ leadIds: [taken] });
  });

  it("compares field by field: a place is one, and what is not told is as before", async () => {
    await signedIn("13");
    const fields = {
      firstName: "А",
      lastName: "Керн",
      role: undefined,
      location: { city: "Рига", region: "" },
    };
    const change = { kind: "update", userId: "13", fields } as const;

    expect(await find(change)).toMatchObject({ isChange: true, changed: ["lastName", "location"] });
    await make(change);

    expect(await find(change)).toMatchObject({ isChange: false, changed: [] });
    expect(await find({ ...change, fields: { location: { city: "Рига" } } })).toMatchObject({ changed: [] });
    expect(await find({ ...change, fields: { location: { country: "LV" } } })).toMatchObject({
      changed: ["location"],
    });
  });
});

describe("a user who has signed out everywhere", () => {
  it.each([
    { kind: "update", fields: { role: "editor" } },
    { kind: "block", reason: "Спам" },
    { kind: "unblock" },
    { kind: "disconnect" },
    { kind: "delete" },
    { kind: "pause", until: 9_000 },
    { kind: "resume" },
  ] as const)("has no chat that could be told of $kind", async (change) => {
    const userId = `out-${change.kind}`;
    const leadId = await leadOf(userId);
    await directory.signOut(leadId, await signIn(leadId, userId));

    expect(await find({ ...change, userId })).toMatchObject({ leadIds: [] });
  });

  it("who is barred in a chat has that one", async () => {
    const leadId = await signedIn("29");
    await make({ kind: "block", userId: "29", reason: "Спам" });

    expect(await find({ kind: "unblock", userId: "29" })).toMatchObject({
      isChange: true,
      leadIds: [leadId],
    });
  });
});

describe("a change", () => {
  it("of fields is kept, with what was not told as it was", async () => {
    await signedIn("20");
    const all = {
      firstName: "Анна",
      lastName: "Керн",
      patronymic: "Петровна",
      role: "editor",
      active: false,
      phone: "+79180000020",
      email: "kern@example.com",
      location: { country: "RU", city: "Тверь" },
    };

    await make({ kind: "update", userId: "20", fields: all });
    await make({ kind: "update", userId: "20", fields: { email: "", active: true } }, 6_000);

    expect(await personOf("20")).toMatchObject({
      first_name: "Анна",
      last_name: "Керн",
      patronymic: "Петровна",
      role: "editor",
      active: 1,
      phone: "+79180000020",
      email: "",
      country: "RU",
      region: "",
      city: "Тверь",
      updated_at: 6_000,
    });
    expect(await leadIn("chat-20")).toMatchObject({ person: { firstName: "Анна", role: "editor" } });
  });

  it("blocks with a reason, which may be another one later, and unblocks", async () => {
    await signedIn("21");
    const block = (reason: string) => ({ kind: "block", userId: "21", reason }) as const;

    expect(await isChangeTwice(block("Спам"))).toEqual([true, false]);
    expect(await isChangeTwice(block(""))).toEqual([true, false]);
    expect(await leadIn("chat-21")).toMatchObject({ person: null, barred: { userId: "21", reason: "" } });

    expect(await isChangeTwice({ kind: "unblock", userId: "21" })).toEqual([true, false]);
    expect(await leadIn("chat-21")).toMatchObject({ person: { userId: "21" }, barred: null });
  });

  it("bars whose account is switched off, as long as it is, and whose is blocked for that first", async () => {
    await signedIn("26");
    const off = { kind: "update", userId: "26", fields: { active: false } } as const;
    const here = () => leadIn("chat-26");

    await make(off);
    expect(await here()).toMatchObject({ person: null, barred: { userId: "26", why: "inactive" } });
    await make({ kind: "block", userId: "26", reason: "Спам" });
    expect(await here()).toMatchObject({ person: null, barred: { why: "blocked", reason: "Спам" } });
    await make({ kind: "unblock", userId: "26" });
    expect(await here()).toMatchObject({ person: null, barred: { why: "inactive" } });
    await make({ ...off, fields: { active: true } });
    expect(await here()).toMatchObject({ person: { userId: "26" }, barred: null });
  });

  it("blocks also who is signed out, so that they come back barred", async () => {
    const leadId = await leadOf("22");
    await directory.signOut(leadId, await signIn(leadId, "22"));

    expect(await isChangeTwice({ kind: "block", userId: "22", reason: "Спам" })).toEqual([true, false]);

    await expect(signIn(leadId, "22")).rejects.toThrow("has no person");
    expect(await leadIn("22")).toMatchObject({ barred: { userId: "22", reason: "Спам" } });
  });

  it.each(["disconnect", "delete"] as const)(
    "%s signs out everywhere, and keeps the history",
    async (kind) => {
      const leads = [await signedIn(kind), await signedIn(kind, `${kind}-other`)];
      const before = await personOf(kind);
      await signedIn(`not-${kind}`);

      expect(await isChangeTwice({ kind, userId: kind })).toEqual([true, false]);

      expect(await find({ kind, userId: kind })).toMatchObject({ leadIds: [] });
      expect(await leadIn(`chat-${kind}`)).toMatchObject({ person: null });
      expect(await rowOf("leads", `id = ${leads[0]}`)).toMatchObject({
        moved_from: before?.id,
        moved_at: NOW,
      });
      expect(await rowOf("web_users", `web_user_id = '${kind}'`)).toMatchObject({ unlinked_at: NOW });
      expect(await leadIn(`chat-not-${kind}`)).toMatchObject({ person: { userId: `not-${kind}` } });
    },
  );

  it("that deletes leaves a user who registers anew as good as any", async () => {
    const leadId = await signedIn("24");
    await make({ kind: "delete", userId: "24" });

    await signIn(leadId, "24", "editor");

    expect(await leadIn("chat-24")).toMatchObject({ person: { userId: "24", role: "editor" }, barred: null });
    expect(await find({ kind: "delete", userId: "24" })).toMatchObject({ isChange: true, leadIds: [leadId] });
  });

  it("pauses all chats of a user until a time, or for good, and lets them go on", async () => {
    await signedIn("25");
    await signedIn("25", "25-other");
    const pause = (until: number) => ({ kind: "pause", userId: "25", until }) as const;

    expect(await isChangeTwice(pause(9_000))).toEqual([true, false]);
    expect(await isChangeTwice(pause(FOREVER))).toEqual([true, false]);
    expect(await leadIn("25-other")).toMatchObject({ pausedUntil: FOREVER });

    expect(await isChangeTwice({ kind: "resume", userId: "25" })).toEqual([true, false]);
    expect(await leadIn("25-other")).toMatchObject({ pausedUntil: null });
  });

  it("of a pause finds the chats alone in which anything is other", async () => {
    const [quiet, other] = [await signedIn("27"), await signedIn("27", "27-other")];
    const pauseIn = (leadId: number, until: number | null) =>
      env.DB.prepare("UPDATE leads SET paused_until = ? WHERE id = ?").bind(until, leadId).run();
    await pauseIn(quiet, 9_000);
    const pause = { kind: "pause", userId: "27", until: 9_000 } as const;

    expect(await find(pause)).toMatchObject({ isChange: true, leadIds: [other] });
    expect(await find({ kind: "resume", userId: "27" })).toMatchObject({ isChange: true, leadIds: [quiet] });

    await pauseIn(other, 9_000);
    expect(await find(pause)).toMatchObject({ isChange: false, leadIds: [] });
  });

  it("does not pause a chat where they have signed out: it is nobody's", async () => {
    const leadId = await leadOf("28");
    await directory.signOut(leadId, await signIn(leadId, "28"));

    expect(await isChangeTwice({ kind: "pause", userId: "28", until: FOREVER })).toEqual([false, false]);

    expect(await leadIn("28")).toMatchObject({ pausedUntil: null });
  });

  it("lets nobody go on whose pause is over", async () => {
    await signedIn("26");
    await make({ kind: "pause", userId: "26", until: NOW });

    expect(await find({ kind: "resume", userId: "26" })).toMatchObject({ isChange: false });
  });

  it("finds its leads by indexes, however many there are", async () => {
    const plan = await db.all<{ readonly detail: string }>(
      sql`EXPLAIN QUERY PLAN SELECT id FROM leads WHERE ${leadsOfUser("1", "127")}`,
    );

    expect(plan.map(({ detail }) => detail).filter((detail) => detail.startsWith("SCAN"))).toEqual([]);
  });
});
