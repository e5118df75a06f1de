/** So many PINs from one address … */
const MOST = 30;

/** … in a quarter of an hour: a family behind one address manages, a machine that guesses does not. */
const WITHIN_MS = 15 * 60 * 1000;

/** Addresses remembered; beyond, the one that was silent longest is forgotten. */
const MOST_ADDRESSES = 10_000;

/** Counts the PINs that come from one address. */
export interface Attempts {
  /** Counts one more, or says when the next may come (milliseconds since 1970) and counts none. */
  take(address: string, now: number): number | null;
}

/** Starts counting; kept in memory, so that a restart forgets it. The bot counts wrong PINs by itself too. */
export function countAttempts(): Attempts {
  const byAddress = new Map<string, number[]>();
  return {
    take(address, now) {
      const times = (byAddress.get(address) ?? []).filter((at) => at > now - WITHIN_MS);
      const [oldest] = times;
      const isFull = times.length >= MOST;
      // Put in anew, so that the first of the map is the one that was silent longest.
      byAddress.delete(address);
      byAddress.set(address, isFull ? times : [...times, now]);
      const [longestSilent] = byAddress.keys();
      if (byAddress.size > MOST_ADDRESSES && longestSilent !== undefined) byAddress.delete(longestSilent);
      return isFull && oldest !== undefined ? oldest + WITHIN_MS : null;
    },
  };
}
