import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { endGroup } from "./group.ts";

/** Shorter than the household's own: nobody is there any more to wait. */
const GRACE_MS = 2_000;

/** A process that outlives ours, even if ours is killed, just long enough to end the groups it guards. */
export interface Watchdog {
  guard(group: number): void;
  /** Sends it away once nothing is left to guard. */
  dismiss(): Promise<void>;
  kill(): void;
}

/** Starts a watchdog. It learns of our end by its input's end, which no way of dying can prevent. */
export function startWatchdog(): Watchdog {
  const dog = spawn(process.execPath, [fileURLToPath(import.meta.url)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  const gone = new Promise<void>((resolve) => dog.once("exit", () => resolve()));
  dog.stdin.on("error", () => {});
  return {
    guard: (group) => dog.stdin.write(`${group}\n`),
    dismiss() {
      dog.kill("SIGKILL");
      return gone;
    },
    kill: () => dog.kill("SIGKILL"),
  };
}

async function watch(): Promise<void> {
  const groups: number[] = [];
  for await (const line of createInterface({ input: process.stdin })) groups.push(Number(line));
  await Promise.all(groups.map((group) => endGroup(group, GRACE_MS)));
}

if (import.meta.main) await watch();
