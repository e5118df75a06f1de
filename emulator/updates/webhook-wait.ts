/** The first wait after the immediate retry, ms: short, for a developer's Worker restarts in a second or two. */
const FIRST_WAIT = 250;
/** Bot API: waits double up to about a minute. */
const LONGEST_WAIT = 60_000;

/** How long a queue waits after that many failures in a row, ms: nothing, then doubling waits up to a minute. */
export function webhookWait(failures: number): number {
  return failures <= 1 ? 0 : Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (failures - 2));
}
