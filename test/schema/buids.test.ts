import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { closeBuid, formerUserOfBuid, openBuid, ownerOfBuid } from "../../schema/buids.ts";
import { db, directory, leadOf, signedIn, signIn } from "./setting.ts";

const open = (leadId: number, now = 5_000) => openBuid(db, { botId: "1", leadId }, now);
const ownerOf = (buid: string, botId = "1") => ownerOfBuid(db, botId, buid);

const personIn = async (leadId: number) =>
  (
    await env.DB.prepare("SELECT person_id AS id FROM leads WHERE id = ?")
      .bind(leadId)
      .first<{ id: number }>()
  )?.id;

async function count(table: string): Promise<number> {
  return (await env.DB.prepare(`SELECT count(*) AS n FROM ${table}`).first<{ n: number }>())?.n ?? 0;
}

describe("a BUID", () => {
  it("has 16 letters of base62, and stays the same", async () => {
    const leadId = await leadOf("same");

    const buid = await open(leadId);

    expect(buid).toMatch(/^[0-9A-Za-z]{16}$/);
    expect(await open(leadId)).toBe(buid);
  });

  it("makes a person of a stranger, with the names of the messenger and no role; one, however often it is asked for", async () => {
    const leadId = await leadOf("stranger");
    const before = await count("persons");

    const buids = await Promise.all(Array.from({ length: 10 }, () => open(leadId)));

    expect(new Set(buids).size).toBe(1);
    expect(await count("persons")).toBe(before + 1);
    const person = await env.DB.prepare(
      "SELECT first_name AS name, role, bot_id AS bot, created_at AS at FROM persons WHERE id = ?",
    )
      .bind((await personIn(leadId)) ?? 0)
      .first();
    expect(person).toEqual({ name: "А", role: "", bot: "1", at: 5_000 });
  });

  it("is another one for everybody, and one for all chats of a person", async () => {
    const [one, two] = [await signedIn("buid-1", "buid-1a"), await signedIn("buid-1", "buid-1b")];
    const other = await signedIn("buid-2");

    const [first, second, third] = [await open(one), await open(two), await open(other)];

    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it("makes nobody of a chat of another bot", async () => {
    const leadId = await leadOf("elsewhere", "2");

    await expect(open(leadId)).rejects.toThrow();

    expect(await personIn(leadId)).toBeNull();
  });

  it("is answered for with its user, and whether they may", async () => {
    const leadId = await signedIn("buid-3");
    const buid = await open(leadId);
    const set = (how: string) =>
      env.DB.prepare(`UPDATE persons SET ${how} WHERE id = (SELECT person_id FROM leads WHERE id = ?)`)
        .bind(leadId)
        .run();

    expect(await ownerOf(buid)).toEqual({ userId: "buid-3", isBarred: false });
    await set("blocked = 1");
    expect(await ownerOf(buid)).toEqual({ userId: "buid-3", isBarred: true });
    await set("blocked = 0, active = 0");
    expect(await ownerOf(buid)).toEqual({ userId: "buid-3", isBarred: true });
  });

  it("is nobody's at another bot, in another spelling, or where there never was one", async () => {
    const buid = await open(await signedIn("buid-4"));
    const swapped = [...buid]
      .map((letter) => (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase()))
      .join("");

    expect(await ownerOf(buid, "2")).toBeNull();
    expect(await ownerOf(buid.slice(0, 15))).toBeNull();
    expect(await ownerOf(`${buid.slice(0, 15)}%`)).toBeNull();
    if (swapped !== buid) expect(await ownerOf(swapped)).toBeNull();
  });

  it.each([
    ["signs out", 1],
    ["signs out of one of two chats", 2],
  ])("is no more once its person %s; the next is another one", async (_what, chats) => {
    const userId = `out-${chats}`;
    const leads = await Promise.all(Array.from({ length: chats }, (_, at) => leadOf(`${userId}-${at}`)));
    for (const leadId of leads) await signIn(leadId, userId);
    const [first = 0, ...others] = leads;
    const buid = await open(first);

    await directory.signOut(first, (await personIn(first)) ?? 0);

    expect(await ownerOf(buid)).toBeNull();
    for (const leadId of [first, ...others]) expect(await open(leadId)).not.toBe(buid);
  });

  it("of a stranger stays theirs when they sign in as somebody who never was here", async () => {
    const leadId = await leadOf("adopted");
    const buid = await open(leadId);
    const personId = await personIn(leadId);

    await signIn(leadId, "adopted");

    expect(await ownerOf(buid)).toEqual({ userId: "adopted", isBarred: false });
    expect(await personIn(leadId)).toBe(personId);
    expect(await open(leadId)).toBe(buid);
  });

  it("of a stranger ends when they sign in as somebody who is here; nobody is deleted", async () => {
    await signedIn("here");
    const leadId = await leadOf("joins");
    const buid = await open(leadId);
    const before = await count("persons");

    await signIn(leadId, "here");

    expect(await ownerOf(buid)).toBeNull();
    expect(await count("persons")).toBe(before);
  });

  it("of a stranger is ended when it is asked to be, that of a user is not", async () => {
    const [stranger, user] = [await leadOf("closed"), await signedIn("open")];
    const [one, two] = [await open(stranger), await open(user)];

    for (const buid of [one, two]) await closeBuid(db, "1", buid, 6_000);

    expect(await ownerOf(one)).toBeNull();
    expect(await ownerOf(two)).toMatchObject({ userId: "open" });
    expect(await open(stranger)).not.toBe(one);
  });

  it("is known afterwards as that of the user who was unlinked, and of nobody else", async () => {
    const leadId = await signedIn("former");
    const [buid, stranger] = [await open(leadId), await open(await leadOf("former stranger"))];
    expect(await formerUserOfBuid(db, "1", buid)).toBeNull();
    await directory.signOut(leadId, (await personIn(leadId)) ?? 0);
    await closeBuid(db, "1", stranger, 6_000);
    const [row] = (
      await env.DB.prepare("SELECT buid FROM web_users WHERE web_user_id = 'former'").all<{ buid: string }>()
    ).results;

    expect(await formerUserOfBuid(db, "1", row?.buid ?? "")).toBe("former");
    expect(await formerUserOfBuid(db, "2", row?.buid ?? "")).toBeNull();
    expect(await formerUserOfBuid(db, "1", buid)).toBeNull();
    expect(await formerUserOfBuid(db, "1", stranger)).toBeNull();
  });
});
