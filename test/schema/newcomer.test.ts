import { env } from "cloudflare:workers";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { database } from "../../schema/database.ts";
import { directoryIn } from "../../schema/directory.ts";
import { findChange, makeChange } from "../../schema/person-change.ts";
import { db, directory, leadOf, signedIn, signIn } from "./setting.ts";

const NOW = 5_000;

const leadIn = (externalId: string) => directory.findLead({ botId: "1", channel: "telegram", externalId });
const personOf = (userId: string) =>
  env.DB.prepare(
    "SELECT persons.* FROM persons JOIN web_users ON web_users.person_id = persons.id WHERE web_user_id = ?",
  )
    .bind(userId)
    .first<Record<string, unknown>>();

describe("a user whom the main system alone knows", () => {
  const newcomer = (userId: string) => ({
    userId,
    firstName: "Анна",
    lastName: "Керн",
    patronymic: "",
    role: "editor",
    active: true,
    phone: "+79180000030",
    email: "",
    location: { city: "Тверь" },
  });
  const block = (userId: string) => ({ kind: "block", userId, reason: "Спам" }) as const;
  const blockNew = (userId: string) =>
    makeChange(db, { botId: "1", change: block(userId), newcomer: newcomer(userId), now: NOW });

  it("who is blocked is barred once they come", async () => {
    await blockNew("30");

    expect(await personOf("30")).toMatchObject({ last_name: "Керн", city: "Тверь", blocked: 1, active: 1 });
    expect(await findChange(db, "1", block("30"), NOW)).toMatchObject({ isChange: false, leadIds: [] });
    await expect(signIn(await leadOf("30"), "30")).rejects.toThrow("has no person");
    expect(await leadIn("30")).toMatchObject({ person: null, barred: { userId: "30", reason: "Спам" } });
  });

  it("and unblocked again is let in", async () => {
    await blockNew("31");

    const unblock = { kind: "unblock", userId: "31" } as const;
    expect(await findChange(db, "1", unblock, NOW)).toMatchObject({ isChange: true });
    await makeChange(db, { botId: "1", change: unblock, now: NOW });

    await signedIn("31");
    expect(await leadIn("chat-31")).toMatchObject({ person: { userId: "31" }, barred: null });
  });

  it("is barred also where they come at the very moment", async () => {
    const leadId = await leadOf("34");
    // The block lands after a sign-in has looked whether there is such a person, and before it makes one.
    const blocksFirst = {
      prepare: (text: string) => env.DB.prepare(text),
      batch: async (list: D1PreparedStatement[]) => {
        await blockNew("34");
        return env.DB.batch(list);
      },
    } as unknown as D1Database;
    const late = directoryIn(database(blocksFirst), () => NOW);

    await expect(late.signIn(leadId, "1", newcomer("34"))).rejects.toThrow();
    await late.signIn(leadId, "1", newcomer("34"));

    expect(await leadIn("34")).toMatchObject({ person: null, barred: { userId: "34", reason: "Спам" } });
  });

  it("becomes one person, also where they are blocked twice or have come meanwhile", async () => {
    await signedIn("32");

    await blockNew("32");
    await blockNew("33");
    await blockNew("33");

    const links = await db.all(sql`SELECT id FROM web_users WHERE web_user_id IN ('32', '33')`);
    expect(links).toHaveLength(2);
    expect(await leadIn("chat-32")).toMatchObject({ barred: { userId: "32" } });
  });
});
