import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";
import { unstable_startWorker } from "wrangler";
import { root } from "../../scripts/local/places.ts";
import type { Build } from "./builds.ts";
import { childrenNamed } from "./processes.ts";

/** What a Worker is given besides its configuration. */
export interface Settings {
  readonly vars: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, string>>;
}

/** A built Worker that runs, with storage of its own that ends with it. */
export interface Runtime {
  /** Without a slash at its end. */
  readonly url: string;
  /** The Worker, its objects, the database and the queues run in one of them; the other is Wrangler's proxy. */
  readonly processes: readonly number[];
  /** Throws where the Worker has none. */
  database(): Promise<D1Database>;
  /** Ends an object of a class, as the platform does when nobody asked it for a while; one that does not run stays so. */
  evict(className: string, name: string): Promise<void>;
  /** Runs a statement inside an object. */
  execIn(className: string, name: string, sql: string): Promise<void>;
  /** Rings the cron trigger. */
  ringCron(cron: string): Promise<void>;
  close(): Promise<void>;
}

/** What starting may take on a busy machine, ms. */
const PATIENCE = 30_000;

/**
 * Starts a built Worker on a free port.
 *
 * Not by `createTestHarness`: that passes every request of the Worker on through this process, which is the emulator's
 * too, and whoever is compared with it asks the emulator directly.
 */
export async function startRuntime({ name, configPath }: Build, settings: Settings): Promise<Runtime> {
  const others = new Set(childrenNamed("workerd"));
  const worker = await unstable_startWorker({
    config: configPath,
    bindings: bindingsOf(settings),
    dev: {
      server: { hostname: "127.0.0.1", port: 0 },
      logLevel: "none",
      watch: false,
      persist: false,
      inspector: false,
      remote: false,
      registry: undefined,
      structuredLogsHandler: () => {},
    },
  });
  const url = (await worker.url).origin;
  // The proxy in front of it holds requests back until the Worker itself runs.
  const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(PATIENCE) });
  await answer.arrayBuffer();
  const runtime = worker.raw.runtimes[0]?.mf;
  if (!runtime || !answer.ok) throw new Error(`The Worker ${name} does not run`);
  return {
    url,
    processes: childrenNamed("workerd").filter((pid) => !others.has(pid)),
    database: async () => (await runtime.getD1Database("DB")) as unknown as D1Database,
    async evict(className, object) {
      try {
        await runtime.unsafeEvictDurableObject(name, className, { name: object });
      } catch (error) {
        if (!(error instanceof Error && error.message.includes("not currently running"))) throw error;
      }
    },
    async execIn(className, object, sql) {
      const storage = await runtime.unsafeGetDurableObjectStorage(name, className, { name: object });
      await storage.exec(sql);
    },
    async ringCron(cron) {
      // Wrangler's own `scheduled` looks for the Worker in its proxy, where it is not.
      await (await runtime.getWorker(name)).scheduled({ cron, scheduledTime: new Date() });
    },
    close: () => worker.dispose(),
  };
}

function bindingsOf({ vars, secrets = {} }: Settings) {
  const plain = Object.entries(vars).map(([name, value]) => [name, { type: "plain_text", value }] as const);
  const secret = Object.entries(secrets).map(
    ([name, value]) => [name, { type: "secret_text", value }] as const,
  );
  return Object.fromEntries([...plain, ...secret]);
}

const MIGRATIONS = join(root, "schema/migrations");

/** Gives an empty database our tables. */
export async function migrate(db: D1Database): Promise<void> {
  const files = readdirSync(MIGRATIONS).filter((name) => name.endsWith(".sql"));
  for (const file of files.sort()) {
    const statements = readFileSync(join(MIGRATIONS, file), "utf8").split("--> statement-breakpoint");
    await db.batch(statements.map((statement) => db.prepare(statement)));
  }
}
