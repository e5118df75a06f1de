/** As in wrangler.toml. */
const EVERY_MS = 5 * 60_000;

/** Calls the Worker's scheduled work, now and every five minutes: Wrangler has no clock for it on this machine. */
export function keepSchedule(worker: string): void {
  const call = () => void fetch(`${worker}/cdn-cgi/local/scheduled`).catch(() => {});
  call();
  setInterval(call, EVERY_MS).unref();
}
