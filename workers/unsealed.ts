import { unseal } from "../contract/seal.ts";

/** Most secrets kept opened in one isolate: two for each bot that it serves. */
const MOST_KEPT = 500;

const kept = new Map<string, string>();

/**
 * Opens a sealed secret, once for all the conversations that share an isolate: a broadcast would open the same two
 * for each recipient. @throws BrokenData where it was sealed with another key
 */
export async function unsealed(sealed: string, key: string): Promise<string> {
  const name = `${key}/${sealed}`;
  const known = kept.get(name);
  if (known !== undefined) return known;
  // The opened secret is kept, not its promise: one request must not wait for another's.
  const opened = await unseal(sealed, key);
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(name, opened);
  return opened;
}
