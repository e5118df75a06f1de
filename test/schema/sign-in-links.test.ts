import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { openBuid } from "../../schema/buids.ts";
import { database } from "../../schema/database.ts";
import { signIn as signInTo } from "../../schema/sign-in.ts";
import { clock, db, directory, leadOf, signedIn, signIn } from "./setting.ts";

const names = { firstName: "А", lastName: "", patronymic: "", phone: "", email: "", location: {} };
const userOf = (userId: string) => ({ userId, active: true, role: "user", ...names });

const personIn = async (leadId: number) =>
  (
    await env.DB.prepare("SELECT person_id AS id FROM leads WHERE id = ?")
      .bind(leadId)
      .first<{ id: number }>()
  )?.id ?? 0;

const openAccounts = async (userId: string) =>
  (
    await env.DB.prepare(
      "SELECT person_id AS id FROM web_users WHERE web_user_id = ? AND unlinked_at IS NULL",
    )
      .bind(userId)
      .all<{ id: number }>()
  ).results.map(({ id }) => id);

/** A database in which something happens between what a sign-in reads and what it writes. */
function between(happens: () => Promise<unknown>) {
  let isOver = false;
  const binding = {
    prepare: (text: string) => env.DB.prepare(text),
    batch: async (list: D1PreparedStatement[]) => {
      if (!isOver) await happens();
      isOver = true;
      return env.DB.batch(list);
    },
  } as unknown as D1Database;
  return database(binding);
}

describe("a sign-in", () => {
  it("that another overtakes leaves nothing of its own user on the person who was quicker", async () => {
    const leadId = await leadOf("mixed");
    await openBuid(db, { botId: "1", leadId }, clock.now);
    const sign = { leadId, botId: "1", user: { ...userOf("slower"), firstName: "Тайный" }, now: clock.now };

    await signInTo(
      between(() => signIn(leadId, "quicker")),
      sign,
    ).catch(() => null);

    const person = await env.DB.prepare("SELECT first_name FROM persons WHERE id = ?")
      .bind(await personIn(leadId))
      .first<{ first_name: string }>();
    expect(person?.first_name).not.toBe("Тайный");
    expect(await openAccounts("slower")).toEqual([]);
    expect(await openAccounts("quicker")).toEqual([await personIn(leadId)]);
  });

  it("between which and its look the user is unlinked links them anew, or fails and does so the next time", async () => {
    const first = await signedIn("races");
    const leadId = await leadOf("races too");
    const sign = { leadId, botId: "1", user: userOf("races"), now: clock.now };
    const unlinks = async () => directory.signOut(first, await personIn(first));

    await signInTo(between(unlinks), sign).catch(() => null);
    await openBuid(db, { botId: "1", leadId }, clock.now);
    const lead = await signInTo(db, sign);

    expect(lead.person?.userId).toBe("races");
    expect(await openAccounts("races")).toEqual([await personIn(leadId)]);
  });

  it.each([
    ["a stranger whom nobody knows", false],
    ["a stranger who has a BUID", true],
  ])("of %s, while another becomes the same user, ends with one person", async (_who, hasBuid) => {
    const userId = `same-${hasBuid}`;
    const [one, two] = [await leadOf(`${userId}-1`), await leadOf(`${userId}-2`)];
    if (hasBuid) await openBuid(db, { botId: "1", leadId: one }, clock.now);
    const sign = { leadId: one, botId: "1", user: userOf(userId), now: clock.now };

    await signInTo(
      between(() => signIn(two, userId)),
      sign,
    ).catch(() => null);
    await signInTo(db, sign);

    expect(await personIn(one)).toBe(await personIn(two));
    expect(await openAccounts(userId)).toEqual([await personIn(one)]);
  });

  it("of a stranger whose chat becomes another user's meanwhile does not say that it was made", async () => {
    await signedIn("was first");
    const leadId = await leadOf("stolen");
    await openBuid(db, { botId: "1", leadId }, clock.now);
    const sign = { leadId, botId: "1", user: userOf("comes late"), now: clock.now };

    await expect(
      signInTo(
        between(() => signIn(leadId, "was first")),
        sign,
      ),
    ).rejects.toThrow();

    expect(await openAccounts("comes late")).toEqual([]);
    expect(await openAccounts("was first")).toEqual([await personIn(leadId)]);
  });

  it("of many chats as one user, at the same moment, ends with one person and one open account", async () => {
    const leads = await Promise.all(Array.from({ length: 8 }, (_, at) => leadOf(`crowd-${at}`)));
    for (const leadId of leads.slice(0, 4)) await openBuid(db, { botId: "1", leadId }, clock.now);
    const all = () =>
      Promise.allSettled(
        leads.map((leadId) => signInTo(db, { leadId, botId: "1", user: userOf("crowd"), now: clock.now })),
      );

    await all();
    const again = await all();

    expect(again.map(({ status }) => status)).toEqual(again.map(() => "fulfilled"));
    const persons = await Promise.all(leads.map(personIn));
    expect(new Set(persons).size).toBe(1);
    expect(await openAccounts("crowd")).toEqual([persons[0]]);
  });

  it("twice changes nothing: the BUID, the person and the account stay", async () => {
    const leadId = await signedIn("twice");
    const [buid, personId] = [await openBuid(db, { botId: "1", leadId }, 1), await personIn(leadId)];

    await signIn(leadId, "twice");

    expect(await openBuid(db, { botId: "1", leadId }, 1)).toBe(buid);
    expect(await openAccounts("twice")).toEqual([personId]);
  });

  it("after an unlink makes whoever was that user the same person, in an account of its own", async () => {
    const leadId = await signedIn("returns");
    const personId = await personIn(leadId);
    await directory.signOut(leadId, personId);
    await openBuid(db, { botId: "1", leadId }, 1);
    expect(await personIn(leadId)).not.toBe(personId);

    await signIn(leadId, "returns");

    expect(await personIn(leadId)).toBe(personId);
    const { results } = await env.DB.prepare(
      "SELECT count(*) AS rows, count(unlinked_at) AS over FROM web_users WHERE web_user_id = 'returns'",
    ).all();
    expect(results).toEqual([{ rows: 2, over: 1 }]);
  });
});

describe("the database itself", () => {
  const refuses = async (statement: string, ...values: (string | number)[]) =>
    expect(
      env.DB.prepare(statement)
        .bind(...values)
        .run(),
    ).rejects.toThrow(/constraint|another bot/i);

  const insertAccount =
    "INSERT INTO web_users (bot_id, buid, person_id, web_user_id, linked_at) VALUES (?, ?, ?, ?, 1)";

  it("refuses a second open account of a user, of a person, and a BUID twice", async () => {
    const [one, two] = [await signedIn("rules-1"), await signedIn("rules-2")];
    const [first, second] = [await personIn(one), await personIn(two)];
    await directory.signOut(two, second);

    await refuses(insertAccount, "1", "b-1", second, "rules-1");
    await refuses(insertAccount, "1", "b-2", first, "rules-3");
    await refuses("INSERT INTO web_users (bot_id, buid, person_id) VALUES ('1', 'b-3', ?)", first);
    await env.DB.prepare(insertAccount).bind("1", "b-4", second, "rules-4").run();
    await refuses("UPDATE web_users SET web_user_id = 'rules-1' WHERE buid = 'b-4'");
    await refuses("UPDATE web_users SET person_id = ? WHERE buid = 'b-4'", first);
    await refuses("UPDATE web_users SET unlinked_at = NULL WHERE web_user_id = 'rules-2'");
    await refuses("UPDATE web_users SET buid = 'b-4' WHERE web_user_id = 'rules-1'");
  });

  it("refuses an account without the time of its link, and a link without an account", async () => {
    const personId = await personIn(await signedIn("rules-5"));

    await refuses("UPDATE web_users SET linked_at = NULL WHERE person_id = ?", personId);
    await refuses("UPDATE web_users SET web_user_id = NULL WHERE person_id = ?", personId);
  });

  it("refuses a person of another bot: in an account, and in a chat, new or old", async () => {
    const [leadId, elsewhere] = [await signedIn("rules-6"), await leadOf("rules-6", "2")];
    const personId = await personIn(leadId);
    await directory.signOut(leadId, personId);

    await refuses(insertAccount, "2", "b-5", personId, "rules-7");
    await refuses("UPDATE leads SET person_id = ? WHERE id = ?", personId, elsewhere);
    await refuses("UPDATE leads SET person_id = 99999999 WHERE id = ?", leadId);
    await refuses(
      `INSERT INTO leads (bot_id, channel, external_id, first_name, person_id, language, created_at, last_activity_at)
        VALUES ('2', 'telegram', 'rules-8', 'А', ?, 'ru', 1, 1)`,
      personId,
    );
    expect(await personIn(elsewhere)).toBe(0);
  });

  it("refuses to take a person away whose account it keeps", async () => {
    const personId = await personIn(await signedIn("rules-9"));

    await refuses("DELETE FROM persons WHERE id = ?", personId);
  });
});
