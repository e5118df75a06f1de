import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { leadChats, leadsAfter } from "../../schema/lead-chats.ts";
import { db, directory, leadOf } from "./setting.ts";

describe("the chats of a bot", () => {
  it("come in pages, in order, without those that nobody is in and those of other bots", async () => {
    const leadIds = [await leadOf("a"), await leadOf("b"), await leadOf("c"), await leadOf("d")];
    await leadOf("elsewhere", "2");
    await directory.setStatus(leadIds[1] ?? 0, "deleted");

    const first = await leadChats(db, "1", 0, 2);
    const second = await leadChats(db, "1", first.at(-1)?.leadId ?? 0, 2);

    expect(first.map(({ address }) => address.externalId)).toEqual(["a", "c"]);
    expect(second).toEqual([
      { leadId: leadIds[3], address: { botId: "1", channel: "telegram", externalId: "d" } },
    ]);
  });

  it("are found page by page without sorting them all", async () => {
    const plan = await db.all<{ readonly detail: string }>(
      sql`EXPLAIN QUERY PLAN SELECT id FROM leads WHERE ${leadsAfter("1", 500)} ORDER BY id LIMIT 100`,
    );

    expect(plan.map(({ detail }) => detail)).toEqual([expect.stringContaining("INTEGER PRIMARY KEY")]);
  });
});
