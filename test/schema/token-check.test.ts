import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../contract/digest.ts";
import { database } from "../../schema/database.ts";
import { seedDevelopment } from "../../schema/seed-development.ts";
import { countCall, findToken } from "../../schema/token-check.ts";
import { db, meter } from "./setting.ts";

const MINUTE = 60_000;

async function tokenOf(name: string, callsPerMinute: number) {
  await env.DB.prepare(
    "INSERT INTO api_tokens (id, name, hash, bots, aliases, created_at, calls_per_minute) VALUES (?, ?, ?, '[]', '[]', 0, ?)",
  )
    .bind(name, name, await sha256(name), callsPerMinute)
    .run();
  const token = await findToken(db, name, new Date(1));
  if (!token) throw new Error("The token is not there");
  return token;
}

describe("a token's limit of calls a minute", () => {
  it("lets as many go as it says, and says when the next may come", async () => {
    const token = await tokenOf("three", 3);

    const answers = await Promise.all(
      Array.from({ length: 5 }, () => countCall(db, token, 10 * MINUTE + 15_500)),
    );
    const next = await countCall(db, token, 11 * MINUTE);

    expect(answers.filter(({ ok }) => ok)).toHaveLength(3);
    expect(answers.filter(({ ok }) => !ok)).toEqual([
      { ok: false, retryAfterSeconds: 45 },
      { ok: false, retryAfterSeconds: 45 },
    ]);
    expect(next).toEqual({ ok: true });
  });

  it("is not begun anew by a clock that is behind", async () => {
    const token = await tokenOf("two", 2);

    const answers = [];
    for (const at of [5 * MINUTE, 5 * MINUTE - 1, 5 * MINUTE + 1])
      answers.push(await countCall(db, token, at));

    expect(answers.map(({ ok }) => ok)).toEqual([true, true, false]);
  });

  it("counts a call as often as it weighs, and one that is too heavy not at all", async () => {
    const token = await tokenOf("ten", 10);

    const answers = [];
    for (const times of [8, 3, 2, 1]) answers.push(await countCall(db, token, 7 * MINUTE, times));

    expect(answers.map(({ ok }) => ok)).toEqual([true, false, true, false]);
  });

  it("does not hold for the development token, which costs no query", async () => {
    await seedDevelopment(env.DB, btoa("k".repeat(32)), { site: "http://site.test" });
    const token = await findToken(db, "dev-token", new Date());
    const { binding, rows } = meter();

    expect(token && (await countCall(database(binding), token, 1))).toEqual({ ok: true });
    expect(rows).toEqual({ written: 0, read: 0 });
  });
});
