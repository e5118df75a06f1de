import { Unanswered } from "./errors.ts";

/**
 * Waits for what was asked, for so long at the most: another machine may die without a word, and an object or a
 * person's chat must not wait for it for ever.
 * @param ms milliseconds
 * @param whom for the log
 * @throws Unanswered when the time is over; what comes after it is let go
 */
export async function within<T>(ms: number, whom: string, asked: PromiseLike<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const hurry = setTimeout(() => reject(new Unanswered(`${whom} did not answer within ${ms} ms`)), ms);
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(hurry);
  }
}
