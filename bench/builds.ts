import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Unstable_Config, type Unstable_RawConfig, unstable_readConfig } from "wrangler";
import { places, root } from "../scripts/local/places.ts";
import { wranglerCommand, wranglerEnv } from "../scripts/local/wrangler.ts";

/** A Worker as `wrangler deploy` would upload it. */
export interface Build {
  readonly configPath: string;
  readonly prebuiltWorkerDir: string;
  /** What an upload weighs, KiB. */
  readonly gzipKiB: number;
}

/** The compatibility date of wrangler.toml: all Workers of the bench run under the same. */
function compatibilityDate(): string | undefined {
  return ourConfig().compatibility_date;
}

/** Builds Beseda as wrangler.toml says, with another entry where one is given. */
export function buildBeseda(folder: string, name: string, entry?: string): Promise<Build> {
  const { main, compatibility_date, triggers, assets, durable_objects, migrations, queues, ...rest } =
    ourConfig();
  return build(folder, {
    name,
    main: entry ? join(root, entry) : main,
    compatibility_date,
    triggers,
    durable_objects,
    migrations,
    queues,
    vars: rest.vars,
    // The generated file lies elsewhere, so its paths are whole ones.
    ...(assets?.directory ? { assets: { ...assets, directory: join(root, assets.directory) } } : {}),
    d1_databases: rest.d1_databases.map((database) => ({
      ...database,
      migrations_dir: join(root, database.migrations_dir ?? "migrations"),
    })),
  });
}

/** Builds the Worker that it is compared with. */
export function buildBareBot(folder: string): Promise<Build> {
  return build(folder, {
    name: "bare-bot",
    main: join(root, "bench/bare-bot/worker.ts"),
    compatibility_date: compatibilityDate(),
  });
}

function ourConfig(): Unstable_Config {
  return unstable_readConfig({ config: join(root, "wrangler.toml") }, { hideWarnings: true });
}

type WorkerConfig = Partial<Unstable_RawConfig> & { readonly name: string };

async function build(folder: string, config: WorkerConfig): Promise<Build> {
  const home = join(folder, config.name);
  mkdirSync(home, { recursive: true });
  const configPath = join(home, "wrangler.json");
  writeFileSync(configPath, JSON.stringify(config));
  const prebuiltWorkerDir = join(home, "out");
  const args = ["deploy", "--dry-run", "--config", configPath, "--outdir", prebuiltWorkerDir];
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
  return { configPath, prebuiltWorkerDir, gzipKiB: Number(gzip) };
}
