import { join } from "node:path";
import type { ChildPlan } from "../processes/child.ts";
import { type Places, root } from "./places.ts";
import { type ServerName, type Settings, servers } from "./settings.ts";
import { showTrouble } from "./terminal.ts";
import { wranglerCommand, wranglerEnv } from "./wrangler.ts";

/** The bot of the local world as the emulator knows it; the seed puts the same into the database. */
export const demoBot = { id: "1", token: "100001:DEMO", username: "beseda_demo_bot" } as const;

/** The emulator with its phone. */
export function emulatorPlan(settings: Settings, places: Places): ChildPlan {
  return nodePlan("emulator", "emulator/main.ts", places, {
    EMULATOR_PORT: String(settings.ports.emulator),
    EMULATOR_FILE: join(places.state, "emulator.sqlite"),
  });
}

/** The family site, told where its bot is. */
export function sitePlan(settings: Settings, places: Places): ChildPlan {
  return nodePlan("site", "examples/family-site/main.ts", places, {
    SITE_PORT: String(settings.ports.site),
    SITE_FILE: join(places.state, "family-site.sqlite"),
    BOT_API_URL: `${settings.urls.worker}/api/v1/bots/${demoBot.id}`,
    BOT_LINK: `${settings.urls.emulator}/`,
    BOT_START_LINK: `${settings.urls.emulator}/t.me/${demoBot.username}`,
  });
}

/** The step that brings the database up to date; it ends by itself. */
export function databasePlan(places: Places): ChildPlan {
  return { ...nodePlan("database", "scripts/seed.ts", places, {}), onLine: () => {} };
}

/** The Worker under `wrangler dev`. */
export function workerPlan(settings: Settings, places: Places): ChildPlan {
  const args = ["dev", "--ip", "127.0.0.1", "--port", String(settings.ports.worker)];
  args.push("--persist-to", places.worker, "--env-file", places.workerEnv);
  args.push("--var", `TELEGRAM_API_ROOT:${settings.botApi}`);
  args.push("--var", `TELEGRAM_LINK_ROOT:${settings.urls.emulator}/t.me`);
  // Port 0 is any free one: a fixed one would clash with another checkout's.
  args.push("--inspector-port", "0", "--show-interactive-dev-session=false");
  const plan = nodePlan("worker", wranglerCommand, places, wranglerEnv(places));
  return { ...plan, args: [wranglerCommand, ...args] };
}

function nodePlan(
  name: ServerName | "database",
  script: string,
  places: Places,
  env: Record<string, string>,
): ChildPlan {
  return {
    title: name === "database" ? "the database's set-up" : servers[name].title,
    command: process.execPath,
    args: [script],
    cwd: root,
    env,
    log: join(places.logs, `${name}.log`),
    onLine: showTrouble(name),
  };
}
