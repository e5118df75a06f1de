import { spawnSync } from "node:child_process";
import { Complaint, runCommand } from "./command.ts";
import { binding, databaseConfig, wranglerConfig } from "./local/database.ts";
import { root } from "./local/places.ts";
import { wranglerCommand } from "./local/wrangler.ts";

/** What stands in wrangler.toml until somebody has a database of their own. */
const PLACEHOLDER = "00000000-0000-0000-0000-000000000000";

/** Brings the schema, then the code, to Cloudflare: new code may need new tables, old code lives with them. */
function deploy(): void {
  requireDatabase();
  wrangler("d1", "migrations", "apply", binding, "--remote");
  wrangler("deploy");
  console.log("Deployed. New bots need their webhook: npm run webhook -- set --url https://<your Worker>");
}

function requireDatabase(): void {
  if (databaseConfig().database.database_id !== PLACEHOLDER) return;
  throw new Complaint(firstSteps());
}

function firstSteps(): string {
  const { queues } = wranglerConfig();
  const names = new Set([...queues.producers, ...queues.consumers].map(({ queue }) => queue));
  const creations = [...names].map((name) => `     npx wrangler queues create ${name}`);
  return [
    "wrangler.toml does not name a D1 database of yours yet. Once, before the first deployment:",
    "  1. Sign in:               npx wrangler login",
    "  2. Create the database:   npx wrangler d1 create beseda",
    "     and put the id that it prints into wrangler.toml, as database_id.",
    "  3. Create the queues:",
    ...creations,
    "  4. Make the key that seals the bots' tokens (openssl rand -base64 32), keep it in a safe place,",
    "     and give it to the Worker: npx wrangler secret put SEALING_KEY",
    "Then run npm run deploy again.",
  ].join("\n");
}

function wrangler(...args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [wranglerCommand, ...args], { cwd: root, stdio: "inherit" });
  if (status !== 0) throw new Complaint(`wrangler ${args.join(" ")} failed; its reason is above.`);
}

if (import.meta.main) await runCommand(deploy);
