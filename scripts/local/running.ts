import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { isAlive } from "../processes/group.ts";
import type { Places } from "./places.ts";

/** The process id of the `npm start` that runs on this state, if one does. */
export function runningStart(places: Places): number | undefined {
  if (!existsSync(places.pid)) return undefined;
  const pid = Number(readFileSync(places.pid, "utf8"));
  return pid > 0 && pid !== process.pid && isAlive(pid) && isStart(pid) ? pid : undefined;
}

/** Says that this process runs on the state. */
export function announceStart(places: Places): void {
  mkdirSync(dirname(places.pid), { recursive: true });
  writeFileSync(places.pid, String(process.pid));
}

/** Takes the announcement back. */
export function retractStart(places: Places): void {
  rmSync(places.pid, { force: true });
}

/** Numbers are used again, above all in containers: whether it is really the start command that has it now. */
function isStart(pid: number): boolean {
  return commandOf(pid)?.includes("start.ts") ?? true;
}

function commandOf(pid: number): string | undefined {
  try {
    if (existsSync("/proc/self/cmdline")) return readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return undefined;
  }
}
