import { describe, expect, it } from "vitest";
import type { LeadProfile } from "../../contract/lead.ts";
import type { PersonChange } from "../../contract/person-change.ts";
import { leadAfter } from "../../schema/lead-after.ts";
import { makeChange } from "../../schema/person-change.ts";
import { db, directory, signedIn } from "./setting.ts";

const leadIn = async (externalId: string): Promise<LeadProfile> => {
  const lead = await directory.findLead({ botId: "1", channel: "telegram", externalId });
  if (!lead) throw new Error("Nobody ever wrote from this chat");
  return lead;
};

const block = { kind: "block", userId: "1", reason: "Спам" } as const;
const changes: readonly PersonChange[] = [
  { kind: "connect", userId: "1" },
  { kind: "update", userId: "1", fields: { firstName: "Мария", role: "editor" } },
  { kind: "update", userId: "1", fields: { email: "anna@example.com" } },
  { kind: "pause", userId: "1", until: 9_000 },
  { kind: "resume", userId: "1" },
  block,
  { kind: "update", userId: "1", fields: { role: "user" } },
  { ...block, reason: "" },
  { kind: "unblock", userId: "1" },
  { kind: "update", userId: "1", fields: { active: false, firstName: "Марина" } },
  { kind: "update", userId: "1", fields: { email: "marina@example.com" } },
  block,
  { kind: "unblock", userId: "1" },
  block,
  { kind: "update", userId: "1", fields: { active: true } },
  { kind: "unblock", userId: "1" },
  { kind: "update", userId: "1", fields: { active: false } },
  { kind: "update", userId: "1", fields: { active: true, role: "editor" } },
  { kind: "disconnect", userId: "1" },
];

describe("a lead as it will be after a change", () => {
  it("is what it is once the change is made, and nothing is written for that", async () => {
    await signedIn("1");

    for (const change of changes) {
      const before = await leadIn("chat-1");
      const foreseen = await leadAfter(db, "1", change, before);
      expect(await leadIn("chat-1")).toEqual(before);

      await makeChange(db, { botId: "1", change, now: 5_000 });
      expect({ change, lead: foreseen }).toEqual({ change, lead: await leadIn("chat-1") });
    }
  });

  it.each([
    { kind: "block", userId: "4", reason: "" },
    { kind: "disconnect", userId: "5" },
    { kind: "delete", userId: "6" },
  ] as const)("is no operator's any more after a $kind", async (change) => {
    const leadId = await signedIn(change.userId);
    const here = () => leadIn(`chat-${change.userId}`);
    await directory.setTraits(leadId, { withOperator: true });

    const foreseen = await leadAfter(db, "1", change, await here());
    await makeChange(db, { botId: "1", change, now: 5_000 });

    expect(foreseen).toEqual(await here());
    expect(foreseen.withOperator).toBe(false);
  });

  it("has nobody in it whose account was deleted", async () => {
    await signedIn("2");

    const lead = await leadAfter(db, "1", { kind: "delete", userId: "2" }, await leadIn("chat-2"));

    expect(lead).toMatchObject({ person: null, barred: null });
  });

  it("stays as it is where somebody else is in the chat", async () => {
    await signedIn("3");
    const lead = await leadIn("chat-3");

    expect(await leadAfter(db, "1", block, lead)).toEqual(lead);
  });
});
