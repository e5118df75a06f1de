import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import {
  endStartLinksOf,
  findFormLink,
  keepFormLink,
  keepStartLink,
  sweepLinks,
  takeStartLink,
} from "../../schema/link-token-store.ts";
import { db } from "./setting.ts";

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const lead = { botId: "1", leadId: 5 };

const start = (hash: string, userId: string, now = 1_000) =>
  keepStartLink(db, { botId: "1", userId, hash, now, expiresAt: now + HOUR });
const take = (hash: string, leadId = 5, now = 2_000, botId = "1") =>
  takeStartLink(db, { botId, leadId }, hash, now);

describe("links by the hashes of their tokens", () => {
  it("without a PIN name a lead and a page, until their time is over, at their own bot", async () => {
    await keepFormLink(db, lead, { path: "gathering", expiresAt: 5_000 }, "form", 1_000);

    expect(await findFormLink(db, "1", "form", 4_999)).toEqual({ leadId: 5, path: "gathering" });
    expect(await findFormLink(db, "1", "form", 5_000)).toBeNull();
    expect(await findFormLink(db, "2", "form", 4_999)).toBeNull();
    expect(await findFormLink(db, "1", "forms", 4_999)).toBeNull();
  });

  it("kept again are as they were first: nobody else's, no other page's, not longer", async () => {
    await keepFormLink(db, lead, { path: "one", expiresAt: 5_000 }, "again", 1_000);
    await keepFormLink(db, { botId: "1", leadId: 6 }, { path: "two", expiresAt: 9_000 }, "again", 1_000);
    await start("again", "127");

    expect(await findFormLink(db, "1", "again", 2_000)).toEqual({ leadId: 5, path: "one" });
    expect(await findFormLink(db, "1", "again", 6_000)).toBeNull();
    expect(await take("again")).toEqual({ kind: "expired" });
  });

  it("of one kind are none of the other", async () => {
    await keepFormLink(db, lead, { path: "", expiresAt: 5_000 }, "kind of form", 1_000);
    await start("kind of start", "kinds");

    expect(await take("kind of form")).toEqual({ kind: "expired" });
    expect(await findFormLink(db, "1", "kind of start", 2_000)).toBeNull();
  });

  it("into the messenger are their own bot's, and one user's at a time", async () => {
    await start("bots", "bots");
    await keepStartLink(db, { botId: "2", userId: "bots", hash: "bots 2", now: 1_000, expiresAt: 5_000 });

    expect(await take("bots", 5, 2_000, "2")).toEqual({ kind: "expired" });
    expect(await take("bots")).toEqual({ kind: "good", userId: "bots" });
    expect(await take("bots", 6)).toEqual({ kind: "used" });
    expect(await take("bots 2", 7, 2_000, "2")).toEqual({ kind: "good", userId: "bots" });
  });

  it("into the messenger end for one user of one bot, taken or not", async () => {
    for (const userId of ["ends", "ends taken", "stays"]) await start(userId, userId);
    await take("ends taken");

    await endStartLinksOf(db, "2", "ends taken", 1_500);
    expect(await take("ends taken")).toMatchObject({ kind: "good" });
    for (const userId of ["ends", "ends taken"]) await endStartLinksOf(db, "1", userId, 1_500);

    expect([await take("ends"), await take("ends taken")]).toEqual([
      { kind: "expired" },
      { kind: "expired" },
    ]);
    expect(await take("stays")).toMatchObject({ kind: "good" });
  });

  it("are thrown away a day after their time, and no sooner", async () => {
    await keepFormLink(db, lead, { path: "", expiresAt: 5_000 }, "old", 1_000);
    const isThere = async () =>
      (
        await env.DB.prepare("SELECT count(*) AS n FROM link_tokens WHERE hash = 'old'").first<{
          n: number;
        }>()
      )?.n;

    await sweepLinks(db, 5_000 + DAY);
    expect(await isThere()).toBe(1);
    await sweepLinks(db, 5_001 + DAY);

    expect(await isThere()).toBe(0);
  });
});
