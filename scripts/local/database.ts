import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";
import { getPlatformProxy, unstable_readConfig } from "wrangler";
import { z } from "zod";
import { Complaint } from "../command.ts";
import { type Places, root } from "./places.ts";
import { wranglerEnv } from "./wrangler.ts";

/** The D1 binding in wrangler.toml; Wrangler takes it where it wants a database's name. */
export const binding = "DB";

const Config = z.object({
  compatibility_date: z.string(),
  d1_databases: z.array(
    z.object({ binding: z.string(), database_name: z.string(), database_id: z.string() }),
  ),
  queues: z.object({
    producers: z.array(z.object({ queue: z.string() })).default([]),
    consumers: z.array(z.object({ queue: z.string() })).default([]),
  }),
});

/** What the commands need to know of wrangler.toml. */
export function wranglerConfig(): z.infer<typeof Config> {
  return Config.parse(unstable_readConfig({ config: join(root, "wrangler.toml") }, { hideWarnings: true }));
}

/** The D1 database that wrangler.toml names. Throws a `Complaint` where it names none. */
export function databaseConfig() {
  const config = wranglerConfig();
  const database = config.d1_databases.find((one) => one.binding === binding);
  if (!database) throw new Complaint(`wrangler.toml has no D1 database with the binding ${binding}.`);
  return { database, compatibilityDate: config.compatibility_date };
}

/** Lends out the local D1 database, the very one that `wrangler dev` serves, also while it does. */
export async function withLocalDatabase<T>(places: Places, work: (db: D1Database) => Promise<T>): Promise<T> {
  Object.assign(process.env, wranglerEnv(places), { WRANGLER_LOG: "error" });
  const proxy = await getPlatformProxy<{ DB: D1Database }>({
    configPath: writeConfig(places),
    persist: { path: places.workerData },
    remoteBindings: false,
    envFiles: [],
  });
  try {
    return await work(proxy.env.DB);
  } finally {
    await proxy.dispose();
  }
}

/** The database alone: with the whole wrangler.toml the proxy complains of classes that only the Worker has. */
function writeConfig(places: Places): string {
  const { database, compatibilityDate } = databaseConfig();
  const { database_name, database_id } = database;
  const config = {
    name: "beseda-database",
    compatibility_date: compatibilityDate,
    d1_databases: [{ binding, database_name, database_id }],
  };
  writeFileSync(places.databaseConfig, JSON.stringify(config));
  return places.databaseConfig;
}
