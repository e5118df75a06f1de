import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { accountOf } from "../../schema/account-of.ts";
import { openBuid } from "../../schema/buids.ts";
import { identityOf } from "../../schema/lead-identity.ts";
import { hasOtherLead } from "../../schema/other-leads.ts";
import { db, directory, leadOf, signedIn, signIn } from "./setting.ts";

const bar = (personId: number) =>
  env.DB.prepare("UPDATE persons SET blocked = 1 WHERE id = ?").bind(personId).run();

describe("the account of a person or a lead", () => {
  it("is the user who is linked, also one who is blocked, at their own bot alone", async () => {
    const leadId = await leadOf("account");
    const personId = await signIn(leadId, "account");

    for (const of of [{ leadId }, { personId }]) {
      expect(await accountOf(db, "1", of)).toBe("account");
      expect(await accountOf(db, "2", of)).toBeNull();
    }
    await bar(personId);
    expect(await accountOf(db, "1", { leadId })).toBe("account");
  });

  it("is none of strangers, with or without a BUID, of those who signed out, and of nobody", async () => {
    const [stranger, out] = [await leadOf("stranger"), await signedIn("out")];
    const { personId } = (await identityOf(db, "1", out)) ?? {};
    await openBuid(db, { botId: "1", leadId: stranger }, 1);
    await directory.signOut(out, personId ?? 0);

    for (const of of [
      { leadId: stranger },
      { leadId: await leadOf("nobody yet") },
      { leadId: out },
      { personId: personId ?? 0 },
      { leadId: 999_999 },
      { personId: 999_999 },
    ])
      expect(await accountOf(db, "1", of)).toBeNull();
  });
});

describe("who a lead is, as a site is told", () => {
  it("is the chat, the person and the user; no user of whom is blocked, no person of a chat that is nobody's", async () => {
    const leadId = await leadOf("identity");
    expect(await identityOf(db, "1", leadId)).toEqual({
      leadId,
      leadName: "А",
      personId: null,
      userId: null,
    });
    const personId = await signIn(leadId, "identity");
    expect(await identityOf(db, "1", leadId)).toEqual({
      leadId,
      leadName: "А",
      personId,
      userId: "identity",
    });

    await bar(personId);

    expect(await identityOf(db, "1", leadId)).toMatchObject({ personId, userId: null });
    expect(await identityOf(db, "2", leadId)).toBeNull();
    expect(await identityOf(db, "1", 999_999)).toBeNull();
  });
});

describe("the other chats of a lead's person", () => {
  it("are theirs alone, and none where nobody is in the chat", async () => {
    const [one, two] = [await signedIn("several", "several-1"), await signedIn("several", "several-2")];
    const single = await signedIn("single");
    const [stranger] = [await leadOf("no others 1"), await leadOf("no others 2")];

    for (const leadId of [one, two]) expect(await hasOtherLead(db, leadId)).toBe(true);
    for (const leadId of [single, stranger]) expect(await hasOtherLead(db, leadId)).toBe(false);
  });
});
