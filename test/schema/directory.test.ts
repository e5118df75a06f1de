import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { ChatAddress } from "../../contract/lead.ts";
import type { SystemUser } from "../../contract/system.ts";
import { database } from "../../schema/database.ts";
import { directoryIn } from "../../schema/directory.ts";

const directory = directoryIn(database(env.DB), () => 1_000);

const chat = (externalId: string): ChatAddress => ({ botId: "1", channel: "telegram", externalId });

const leadOf = (externalId: string) =>
  directory.lead(chat(externalId), { externalId, firstName: "Алиса" }, "ru");

const user = (userId: string): SystemUser => ({
  userId,
  firstName: "Алиса",
  lastName: "Лиддел",
  patronymic: "",
  role: "user",
  active: true,
  phone: "+79180000001",
  email: "",
  location: { city: "Оксфорд" },
});

const links = async (userId: string) => {
  const { results } = await env.DB.prepare(
    "SELECT person_id, buid, unlinked_at FROM web_users WHERE web_user_id = ?",
  )
    .bind(userId)
    .all<{ person_id: number; buid: string; unlinked_at: number | null }>();
  return results;
};

describe("the directory", () => {
  it("makes a lead at the first message, and knows them at the second", async () => {
    const first = await leadOf("100");
    const second = await leadOf("100");

    expect(second).toEqual(first);
    expect(first).toMatchObject({ firstName: "Алиса", language: "ru", person: null });
  });

  it("knows nobody who has not written", async () => {
    expect(await directory.findLead(chat("101"))).toBeNull();
  });

  it("links a person to their account, with a BUID of 16 letters and digits", async () => {
    const { leadId } = await leadOf("102");

    const person = await directory.signIn(leadId, "1", user("20"));

    expect(await directory.findLead(chat("102"))).toMatchObject({ person });
    const [link] = await links("20");
    expect(link?.buid).toMatch(/^[0-9A-Za-z]{16}$/);
    expect(link?.unlinked_at).toBeNull();
  });

  it("changes nothing when somebody is signed in twice", async () => {
    const { leadId } = await leadOf("103");

    const first = await directory.signIn(leadId, "1", user("21"));
    const second = await directory.signIn(leadId, "1", user("21"));

    expect(second).toEqual(first);
    expect(await links("21")).toHaveLength(1);
  });

  it("makes two leads of one user one person", async () => {
    const [one, other] = [await leadOf("104"), await leadOf("105")];

    const first = await directory.signIn(one.leadId, "1", user("22"));
    const second = await directory.signIn(other.leadId, "1", user("22"));

    expect(second.personId).toBe(first.personId);
  });

  it("unlinks the account with the last lead, and keeps the history", async () => {
    const [one, other] = [await leadOf("106"), await leadOf("107")];
    await directory.signIn(one.leadId, "1", user("23"));
    const { personId } = await directory.signIn(other.leadId, "1", user("23"));

    expect(await directory.signOut(one.leadId, personId)).toBe(false);
    expect((await links("23"))[0]?.unlinked_at).toBeNull();
    expect(await directory.signOut(other.leadId, personId)).toBe(true);
    expect(await directory.signOut(other.leadId, personId)).toBe(true);

    expect((await links("23"))[0]?.unlinked_at).toBe(1_000);
    expect(await directory.findLead(chat("106"))).toMatchObject({ person: null });
  });

  it("knows the same person again when they come back, under a new BUID", async () => {
    const { leadId } = await leadOf("108");
    const before = await directory.signIn(leadId, "1", user("24"));
    await directory.signOut(leadId, before.personId);

    const after = await directory.signIn(leadId, "1", user("24"));

    expect(after.personId).toBe(before.personId);
    const history = await links("24");
    expect(history).toHaveLength(2);
    expect(new Set(history.map(({ buid }) => buid)).size).toBe(2);
  });

  it("makes one person of two sign-ins at the same time", async () => {
    const [one, other] = [await leadOf("109"), await leadOf("110")];

    const both = await Promise.allSettled([
      directory.signIn(one.leadId, "1", user("25")),
      directory.signIn(other.leadId, "1", user("25")),
    ]);
    const again = await Promise.all([
      directory.signIn(one.leadId, "1", user("25")),
      directory.signIn(other.leadId, "1", user("25")),
    ]);

    expect(both.some(({ status }) => status === "fulfilled")).toBe(true);
    expect(again[0]?.personId).toBe(again[1]?.personId);
    expect(await links("25")).toHaveLength(1);
  });
});
