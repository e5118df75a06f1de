import { setTimeout as pause } from "node:timers/promises";

/** How long a test waits for something that should come soon, ms: a busy machine is slow. */
export const SOON = 15_000;

/** How often a test looks again, ms. */
const LOOK_AGAIN = 40;

/**
 * Looks again and again until what it sees holds, and returns that.
 * @throws Error after `within` ms, with what was expected and what was seen last
 */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  holds: (seen: T) => boolean,
  within = SOON,
): Promise<T> {
  const deadline = Date.now() + within;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > deadline) {
      throw new Error(`Not within ${within} ms: ${what}. Last seen: ${JSON.stringify(seen)?.slice(0, 2000)}`);
    }
    await pause(LOOK_AGAIN);
  }
}
