import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { giveGuessBack, takeGuess } from "../../schema/guesses.ts";
import { db } from "./setting.ts";

const HOUR = 60 * 60_000;
const MOST = 300;

async function tokenOf(id: string): Promise<string> {
  await env.DB.prepare(
    "INSERT INTO api_tokens (id, name, hash, bots, aliases, created_at) VALUES (?1, ?1, ?1, '[]', '[]', 0)",
  )
    .bind(id)
    .run();
  return id;
}

const take = async (id: string, now: number) => takeGuess(db, id, now, MOST);

/** So many guesses at the same moment; how many were allowed. */
async function allowed(id: string, now: number, guesses: number): Promise<number> {
  const taken = await Promise.all(Array.from({ length: guesses }, () => take(id, now)));
  return taken.filter(({ ok }) => ok).length;
}

describe("the guesses of a token", () => {
  it("are 300 an hour, however many come at the same moment; then it is told when the hour is over", async () => {
    const id = await tokenOf("many");

    expect(await allowed(id, 5 * HOUR + 1, 310)).toBe(MOST);
    expect(await take(id, 5 * HOUR + 1_500)).toEqual({ ok: false, retryAfterSeconds: 3_599 });
    expect(await take(id, 6 * HOUR - 1)).toEqual({ ok: false, retryAfterSeconds: 1 });
    expect(await allowed(id, 6 * HOUR, 310)).toBe(MOST);
  });

  it("are no other token's, and none of a token that there is not", async () => {
    const [one, two] = [await tokenOf("one"), await tokenOf("two")];
    await allowed(one, HOUR, MOST);

    expect([(await take(one, HOUR)).ok, (await take(two, HOUR)).ok]).toEqual([false, true]);
    expect((await take("nobody", HOUR)).ok).toBe(false);
  });

  it("are given back where they were right, with one more; but no more than 1000 are saved up", async () => {
    const id = await tokenOf("right");
    await allowed(id, HOUR, MOST);

    await giveGuessBack(db, id, HOUR);
    expect(await allowed(id, HOUR, 3)).toBe(2);
    await env.DB.prepare("UPDATE api_tokens SET wrong_pins_in_hour = -999 WHERE id = ?").bind(id).run();
    await giveGuessBack(db, id, HOUR);
    await giveGuessBack(db, id, HOUR);

    const { wrong } = (await env.DB.prepare("SELECT wrong_pins_in_hour AS wrong FROM api_tokens WHERE id = ?")
      .bind(id)
      .first<{ wrong: number }>()) ?? { wrong: 0 };
    expect(wrong).toBe(-1_000);
  });

  it("are given back to the hour they were taken in alone", async () => {
    const id = await tokenOf("late");
    await allowed(id, HOUR, 10);
    await allowed(id, 2 * HOUR, MOST);

    await giveGuessBack(db, id, HOUR);

    expect((await take(id, 2 * HOUR)).ok).toBe(false);
  });

  it("do not begin anew where a clock is behind another's", async () => {
    const id = await tokenOf("clocks");
    await allowed(id, 2 * HOUR, MOST - 1);

    expect((await take(id, 2 * HOUR - 1)).ok).toBe(true);
    expect((await take(id, 2 * HOUR - 1)).ok).toBe(false);
    expect((await take(id, 2 * HOUR)).ok).toBe(false);
  });
});
