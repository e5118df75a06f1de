import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout's folder, wherever the command was called from. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Everything the local world remembers; `npm run reset` removes it. */
export const stateFolder = join(root, ".dev");

/** Files and folders of one state folder. */
export function placesIn(state: string) {
  return {
    state,
    logs: join(state, "logs"),
    /** For `wrangler --persist-to`, which keeps its data in `v3` below it. */
    worker: join(state, "worker"),
    workerData: join(state, "worker", "v3"),
    /** Lies beside the data it speaks of, so that both go together. */
    databaseStamp: join(state, "worker", "database-stamp"),
    databaseConfig: join(state, "database.wrangler.json"),
    secrets: join(state, "secrets.json"),
    workerEnv: join(state, "worker.env"),
    /** Wrangler's list of Workers that run on this machine; its own default is one for all checkouts. */
    registry: join(state, "registry"),
    pid: join(state, "start.pid"),
  };
}

export type Places = ReturnType<typeof placesIn>;

/** The files of this checkout. */
export const places = placesIn(stateFolder);
