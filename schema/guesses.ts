import { sql } from "drizzle-orm";
import { ask, type Database } from "./database.ts";
import type { Allowance } from "./token-check.ts";

const HOUR_MS = 60 * 60_000;

/** Counts a guess of a token against what it may do in an hour; one too many is not counted. @param now milliseconds since 1970 */
export async function takeGuess(
  db: Database,
  tokenId: string,
  now: number,
  mostAnHour: number,
): Promise<Allowance> {
  const present = Math.floor(now / HOUR_MS);
  // A clock that is behind another counts in the other's hour: the two must not begin it anew by turns.
  const counted = await ask(
    db.all(sql`UPDATE api_tokens SET hour = max(hour, ${present}),
        wrong_pins_in_hour = iif(hour >= ${present}, wrong_pins_in_hour + 1, 1)
      WHERE id = ${tokenId} AND (hour < ${present} OR wrong_pins_in_hour < ${mostAnHour}) RETURNING id`),
  );
  if (counted.length > 0) return { ok: true };
  return { ok: false, retryAfterSeconds: Math.ceil(((present + 1) * HOUR_MS - now) / 1_000) };
}

/** Most room for wrong guesses that the right ones of an hour make. */
const MOST_ROOM = 1_000;

/** Takes back what was counted of a guess that was right, and one more. */
export async function giveGuessBack(db: Database, tokenId: string, now: number): Promise<void> {
  await ask(
    db.run(sql`UPDATE api_tokens SET wrong_pins_in_hour = max(wrong_pins_in_hour - 2, ${-MOST_ROOM})
      WHERE id = ${tokenId} AND hour = ${Math.floor(now / HOUR_MS)}`),
  );
}
