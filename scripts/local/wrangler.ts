import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Places } from "./places.ts";

/** Wrangler's command, to be run by our own Node whatever the PATH says. */
export const wranglerCommand = join(
  dirname(fileURLToPath(import.meta.resolve("wrangler/package.json"))),
  "bin",
  "wrangler.js",
);

/** Keeps Wrangler offline and quiet. */
export const QUIET: Readonly<Record<string, string>> = {
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_HIDE_BANNER: "true",
  WRANGLER_WRITE_LOGS: "false",
  // Wrangler's own collector of traces would keep one of every request, and take as long as all else of a message.
  X_LOCAL_OBSERVABILITY: "false",
};

/** Keeps Wrangler offline, quiet, and out of the home folder, so that two checkouts don't meet. */
export function wranglerEnv(places: Places): Record<string, string> {
  return {
    ...QUIET,
    WRANGLER_LOG_PATH: join(places.logs, "wrangler"),
    WRANGLER_REGISTRY_PATH: places.registry,
  };
}
