import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { root } from "../../scripts/local/places.ts";
import { freePort } from "../peer/redis.ts";
import { inTime } from "../world/condition.ts";

const PATIENCE = 60_000;
/** Asked before the bench puts its own in its place: the world starts from the disk, as it does for everybody. */
const DISK = tmpdir();
/** What the command says when all is up. */
const READY = "Beseda is ready";
/** Neither history nor state nor packages: those are linked. */
const LEFT_OUT = new Set([".git", ".dev", "node_modules"]);

/** Seconds from `npm start` until all is ready. */
export interface StartTimes {
  /** Where the world has no state yet, its database is made first. */
  readonly first: number;
  readonly again: number;
}

/**
 * Times the start command in a copy of the checkout, on ports of its own, so that a world that runs here is not
 * disturbed. The check of the packages before it (`prestart`) is not in it.
 */
export async function startTimes(): Promise<StartTimes> {
  const copy = mkdtempSync(join(DISK, "beseda-start-"));
  try {
    const filter = (path: string) => !LEFT_OUT.has(relative(root, path));
    cpSync(root, copy, { recursive: true, filter });
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
    return { first: await startTime(copy), again: await startTime(copy) };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

async function startTime(checkout: string): Promise<number> {
  const [worker, emulator, site] = [await freePort(), await freePort(), await freePort()];
  const ports = { PORT: `${worker}`, EMULATOR_PORT: `${emulator}`, SITE_PORT: `${site}` };
  const began = performance.now();
  const child = spawn(process.execPath, ["scripts/start.ts"], {
    cwd: checkout,
    env: { ...process.env, ...ports, TMPDIR: DISK },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit");
  let said = "";
  const ready = new Promise<number>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes(READY)) resolve((performance.now() - began) / 1000);
      });
    }
    child.once("exit", () => reject(new Error(`npm start ended before it was ready:\n${said}`)));
  });
  try {
    return await inTime("npm start", PATIENCE, ready);
  } finally {
    child.kill("SIGINT");
    await ended;
  }
}
