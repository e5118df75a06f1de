import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, parse } from "node:path";
import { promisify } from "node:util";
import { type Unstable_Config, type Unstable_RawConfig, unstable_readConfig } from "wrangler";
import { places, root } from "../../scripts/local/places.ts";
import { wranglerCommand, wranglerEnv } from "../../scripts/local/wrangler.ts";

/** A Worker as `wrangler deploy` would upload it. */
export interface Build {
  readonly name: string;
  /** The configuration with which it runs as it was built. */
  readonly configPath: string;
  /** What an upload weighs, KiB. */
  readonly gzipKiB: number;
}

/** The Workers of the bench: which are Beseda itself, and where they begin. */
const WORKERS = {
  /** As it is uploaded. */
  beseda: { isBeseda: true, entry: "workers/index.ts" },
  /** With one more communication, the plain notification. */
  notice: { isBeseda: true, entry: "bench/notice/worker.ts" },
  /** The same, counting what it asks of the platform. */
  counting: { isBeseda: true, entry: "bench/counting/worker.ts" },
  bare: { isBeseda: false, entry: "bench/bare-bot/worker.ts" },
  empty: { isBeseda: false, entry: "bench/empty/worker.ts" },
} as const;

/** A Worker of the bench. */
export type WorkerName = keyof typeof WORKERS;

/** Builds a Worker into `folder`. */
export function buildWorker(folder: string, name: WorkerName): Promise<Build> {
  const { isBeseda, entry } = WORKERS[name];
  const main = join(root, entry);
  const config = ourConfig();
  if (isBeseda) return build(folder, { ...besedaConfig(config), name, main });
  return build(folder, { name, main, compatibility_date: config.compatibility_date });
}

/** What wrangler.toml says, in a file that lies elsewhere: its paths are whole ones. */
function besedaConfig(config: Unstable_Config): Partial<Unstable_RawConfig> {
  const { compatibility_date, triggers, durable_objects, migrations, queues, vars, assets } = config;
  return {
    compatibility_date,
    triggers,
    durable_objects,
    migrations,
    queues,
    vars,
    analytics_engine_datasets: config.analytics_engine_datasets,
    ...(assets?.directory ? { assets: { ...assets, directory: join(root, assets.directory) } } : {}),
    d1_databases: config.d1_databases.map((database) => ({
      ...database,
      migrations_dir: join(root, database.migrations_dir ?? "migrations"),
    })),
  };
}

function ourConfig(): Unstable_Config {
  return unstable_readConfig({ config: join(root, "wrangler.toml") }, { hideWarnings: true });
}

type WorkerConfig = Partial<Unstable_RawConfig> & { readonly name: string; readonly main: string };

async function build(folder: string, config: WorkerConfig): Promise<Build> {
  const home = join(folder, config.name);
  mkdirSync(home, { recursive: true });
  const sourcePath = join(home, "wrangler.json");
  writeFileSync(sourcePath, JSON.stringify(config));
  const built = join(home, "built");
  const args = ["deploy", "--dry-run", "--config", sourcePath, "--outdir", built];
  const env = {
    ...process.env,
    ...wranglerEnv(places),
    WRANGLER_LOG_PATH: join(folder, "logs"),
    WRANGLER_LOG: "log",
  };
  const { stdout } = await promisify(execFile)(process.execPath, [wranglerCommand, ...args], {
    cwd: root,
    env,
  });
  const gzip = /gzip: ([\d.]+) KiB/.exec(stdout)?.[1];
  if (gzip === undefined) throw new Error(`Wrangler did not say how large ${config.name} is`);
  const configPath = join(home, "built.json");
  const main = join(built, `${parse(config.main).name}.js`);
  const asBuilt = { main, base_dir: built, no_bundle: true, find_additional_modules: true };
  writeFileSync(configPath, JSON.stringify({ ...config, ...asBuilt }));
  return { name: config.name, configPath, gzipKiB: Number(gzip) };
}
