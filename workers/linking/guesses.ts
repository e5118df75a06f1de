import { giveGuessBack, takeGuess } from "../../schema/guesses.ts";
import { TooMany } from "../call/too-many.ts";
import type { SiteRequest } from "./endpoint.ts";

/**
 * Wrong PINs that a token may bring an hour, over all BUIDs, beyond as many as it brings right ones. Each BUID bears
 * five; this is for one who tries many: a right guess would take a year even to somebody who knew a fresh BUID for each.
 * A site's honest people mistype less often than not.
 */
const WRONG_PINS_AN_HOUR = 100;

/** No "no" to a PIN is answered sooner, whatever it took to find out: nobody learns from the time which BUIDs there are. */
const SLOWEST_MS = 300;

/** Counts a guess before it is looked at, so that many at the same moment are counted too. @throws TooMany */
export async function countGuess({ house, token }: SiteRequest<unknown>): Promise<void> {
  const allowed = await takeGuess(house.db, token.id, house.now(), WRONG_PINS_AN_HOUR);
  if (!allowed.ok) throw new TooMany(allowed.retryAfterSeconds);
}

/** A guess that was right does not count, and makes room for one that is wrong. */
export function countRight({ house, token, afterwards }: SiteRequest<unknown>): void {
  afterwards(giveGuessBack(house.db, token.id, house.now()));
}

/** Waits until every "no" is answered. @param began milliseconds since 1970 */
export async function evenOut(began: number, { house }: SiteRequest<unknown>): Promise<void> {
  const left = began + SLOWEST_MS - house.now();
  if (left > 0) await house.pause(left);
}
