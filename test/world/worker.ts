import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";
import { unstable_startWorker } from "wrangler";
import { seedDevelopment } from "../../schema/seed-development.ts";
import { QUIET } from "../../scripts/local/wrangler.ts";

/** The Worker as it is built for production, on a free port, with storage of its own that ends with it. */
export interface RunningWorker {
  /** Without a slash at its end. */
  readonly url: string;
  readonly sealingKey: string;
  /** The database, as it is after a restart too. */
  database(): Promise<D1Database>;
  /** What it has logged, one line of JSON each. */
  readonly logs: readonly string[];
  /** Kills the Worker and starts it again on what it had stored; what was in its queues is gone. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const root = join(import.meta.dirname, "..", "..");
const migrations = join(root, "schema", "migrations");

/** What building and starting the Worker may take on a busy machine, ms. */
const BUILD_TIME = 30_000;

/**
 * Starts the Worker, with its tables and nothing in them.
 *
 * Not by `createTestHarness`: that passes the Worker's requests on through Node, and makes a lost connection an
 * answer of 500, so that nothing could be tested of what is lost on the way.
 */
export async function startWorker(telegramApiRoot: string): Promise<RunningWorker> {
  Object.assign(process.env, QUIET, { WRANGLER_LOG: "error" });
  const sealingKey = randomBytes(32).toString("base64");
  const logs: string[] = [];
  const bindings = {
    TELEGRAM_API_ROOT: { type: "plain_text" as const, value: telegramApiRoot },
    TELEGRAM_LINK_ROOT: { type: "plain_text" as const, value: `${telegramApiRoot}/t.me` },
    SEALING_KEY: { type: "secret_text" as const, value: sealingKey },
  };
  const worker = await unstable_startWorker({
    config: join(root, "wrangler.toml"),
    bindings,
    dev: {
      server: { hostname: "127.0.0.1", port: 0 },
      logLevel: "none",
      watch: false,
      persist: false,
      inspector: false,
      remote: false,
      registry: undefined,
      structuredLogsHandler: ({ message }: { readonly message: string }) => void logs.push(message),
    },
  });
  const url = await worker.url;
  // The proxy in front of it holds requests back until the Worker itself is built and runs.
  await fetch(new URL("/healthz", url), { signal: AbortSignal.timeout(BUILD_TIME) });

  async function database(): Promise<D1Database> {
    const runtime = worker.raw.runtimes[0]?.mf;
    if (!runtime) throw new Error("The Worker does not run");
    return (await runtime.getD1Database("DB")) as unknown as D1Database;
  }

  let starts = 1;
  await migrate(await database());
  return {
    url: url.origin,
    sealingKey,
    database,
    logs,
    async restart() {
      starts += 1;
      const reloaded = once(worker.raw, "reloadComplete");
      // Any change of its settings starts it anew.
      const start = { type: "plain_text" as const, value: String(starts) };
      await worker.patchConfig({ bindings: { ...bindings, TEST_START: start } });
      await reloaded;
    },
    close: () => worker.dispose(),
  };
}

/** Puts the demo bot and `dev-token` into a Worker's database. */
export async function seedWorker(worker: RunningWorker, site: string): Promise<void> {
  await seedDevelopment(await worker.database(), worker.sealingKey, { site });
}

async function migrate(db: D1Database): Promise<void> {
  const files = (await readdir(migrations)).filter((name) => name.endsWith(".sql")).sort();
  for (const file of files) {
    const statements = (await readFile(join(migrations, file), "utf8")).split("--> statement-breakpoint");
    await db.batch(statements.map((statement) => db.prepare(statement)));
  }
}
