import { spawn } from "node:child_process";
import { once } from "node:events";
import { Complaint, runCommand } from "./command.ts";
import { binding } from "./local/database.ts";
import { type Places, places, root } from "./local/places.ts";
import { wranglerCommand, wranglerEnv } from "./local/wrangler.ts";

/** Applies the migrations that the local database does not have yet. A second call finds nothing to do. */
export async function migrate(where: Places): Promise<void> {
  const args = ["d1", "migrations", "apply", binding, "--local", "--persist-to", where.worker];
  const wrangler = spawn(process.execPath, [wranglerCommand, ...args], {
    cwd: root,
    env: { ...process.env, ...wranglerEnv(where) },
    // Without a terminal for its input Wrangler does not ask whether it may.
    stdio: ["ignore", "inherit", "inherit"],
  });
  const [code] = await once(wrangler, "exit");
  if (code !== 0) throw new Complaint("The migrations could not be applied; Wrangler's reason is above.");
}

if (import.meta.main) await runCommand(() => migrate(places));
