import { applyD1Migrations, type D1Migration } from "cloudflare:test";
import { env } from "cloudflare:workers";

/** The bindings of tests beside those of the Worker. */
interface TestEnv {
  readonly DB: D1Database;
  readonly MIGRATIONS: D1Migration[];
}

const { DB, MIGRATIONS } = env as unknown as TestEnv;
await applyD1Migrations(DB, MIGRATIONS);
