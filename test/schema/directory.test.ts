import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { type ChatAddress, FOREVER, type LeadProfile } from "../../contract/lead.ts";
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

/** Signs a lead in; the id of their person. */
async function signIn({ leadId }: LeadProfile, userId: string): Promise<number> {
  const { person } = await directory.signIn(leadId, "1", user(userId));
  if (!person) throw new Error("Somebody who was signed in has no person");
  return person.personId;
}

const block = (personId: number, reason: string | null) =>
  env.DB.prepare("UPDATE persons SET blocked = 1, block_reason = ? WHERE id = ?")
    .bind(reason, personId)
    .run();

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
    expect(first).toEqual({
      leadId: expect.any(Number),
      firstName: "Алиса",
      language: "ru",
      person: null,
      barred: null,
      tags: [],
      variables: {},
      pausedUntil: null,
      withOperator: false,
    });
  });

  it("knows nobody who has not written", async () => {
    expect(await directory.findLead(chat("101"))).toBeNull();
  });

  it("links a person to their account, with a BUID of 16 letters and digits, and says who the lead is then", async () => {
    const { leadId } = await leadOf("102");

    const lead = await directory.signIn(leadId, "1", user("20"));

    expect(lead).toMatchObject({ leadId, person: { userId: "20", firstName: "Алиса", role: "user" } });
    expect(await directory.findLead(chat("102"))).toEqual(lead);
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

    expect(await signIn(other, "22")).toBe(await signIn(one, "22"));
  });

  it("unlinks the account with the last lead, and keeps the history", async () => {
    const [one, other] = [await leadOf("106"), await leadOf("107")];
    await signIn(one, "23");
    const personId = await signIn(other, "23");

    expect(await directory.signOut(one.leadId, personId)).toBe(false);
    expect((await links("23"))[0]?.unlinked_at).toBeNull();
    expect(await directory.signOut(other.leadId, personId)).toBe(true);
    expect(await directory.signOut(other.leadId, personId)).toBe(true);

    expect((await links("23"))[0]?.unlinked_at).toBe(1_000);
    expect(await directory.findLead(chat("106"))).toMatchObject({ person: null });
  });

  it("knows the same person again when they come back, under a new BUID", async () => {
    const lead = await leadOf("108");
    const before = await signIn(lead, "24");
    await directory.signOut(lead.leadId, before);

    expect(await signIn(lead, "24")).toBe(before);

    const history = await links("24");
    expect(history).toHaveLength(2);
    expect(new Set(history.map(({ buid }) => buid)).size).toBe(2);
  });

  it("makes one person of two sign-ins at the same time", async () => {
    const both = [await leadOf("109"), await leadOf("110")];

    const first = await Promise.allSettled(both.map((lead) => signIn(lead, "25")));
    const again = await Promise.all(both.map((lead) => signIn(lead, "25")));

    expect(first.some(({ status }) => status === "fulfilled")).toBe(true);
    expect(again[0]).toBe(again[1]);
    expect(await links("25")).toHaveLength(1);
  });

  it("keeps what a bot knows of a lead, and has it with who they are", async () => {
    const { leadId } = await leadOf("111");
    const traits = {
      tags: ["news", "vip"],
      variables: { city: "Псков", visits: 3, last: { at: null } },
      pausedUntil: FOREVER,
      withOperator: true,
    };

    await directory.setTraits(leadId, traits);

    expect(await directory.findLead(chat("111"))).toMatchObject({ leadId, ...traits });
    expect(await directory.signIn(leadId, "1", user("26"))).toMatchObject({
      person: { userId: "26" },
      ...traits,
    });
  });
});

describe("a trait that is kept by itself", () => {
  it("leaves the others as they were", async () => {
    const { leadId } = await leadOf("112");
    await directory.setTraits(leadId, { tags: ["news"], pausedUntil: FOREVER });

    await directory.setTraits(leadId, { withOperator: true });
    await directory.setTraits(leadId, {});

    const kept = { tags: ["news"], pausedUntil: FOREVER, withOperator: true };
    expect(await directory.findLead(chat("112"))).toMatchObject(kept);
    await directory.setTraits(leadId, { pausedUntil: null });
    expect(await directory.findLead(chat("112"))).toMatchObject({ ...kept, pausedUntil: null });
  });
});

describe("a person whom an administrator has blocked", () => {
  it("is nobody in their chats, but for who is barred and why", async () => {
    const lead = await leadOf("120");
    await block(await signIn(lead, "30"), "Спам");

    expect(await directory.findLead(chat("120"))).toMatchObject({
      person: null,
      barred: { userId: "30", reason: "Спам" },
    });
  });

  it("joins in another chat, and is barred there too: signing in unblocks nobody", async () => {
    const [lead, other] = [await leadOf("121"), await leadOf("122")];
    const personId = await signIn(lead, "31");
    await block(personId, null);

    const joined = await directory.signIn(other.leadId, "1", user("31"));
    await directory.signOut(lead.leadId, personId);
    await directory.signOut(other.leadId, personId);
    const back = await directory.signIn(lead.leadId, "1", user("31"));

    for (const one of [joined, back])
      expect(one).toMatchObject({ person: null, barred: { userId: "31", reason: "" } });
  });

  it("is a stranger once nobody is linked to their account", async () => {
    const lead = await leadOf("123");
    const personId = await signIn(lead, "32");
    await block(personId, "Спам");

    await directory.signOut(lead.leadId, personId);

    expect(await directory.findLead(chat("123"))).toMatchObject({ person: null, barred: null });
  });
});
