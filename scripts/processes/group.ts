import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

const LOOK_AGAIN_MS = 40;
/** Linux tells here of each process; elsewhere we know only whether it exists. */
const TABLE = "/proc";

/** Sends a signal to every process of a group. A group that is gone already is no error. */
export function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** Asks a group to end, and after `graceMs` no longer asks. Resolves when the group is gone or was killed. */
export async function endGroup(group: number, graceMs: number): Promise<void> {
  signalGroup(group, "SIGTERM");
  const patience = Date.now() + graceMs;
  while (hasLivingMembers(group)) {
    if (Date.now() > patience) return signalGroup(group, "SIGKILL");
    await pause(LOOK_AGAIN_MS);
  }
}

/** Whether a process with this id runs. */
export function isAlive(pid: number): boolean {
  return exists(pid) && entryOf(String(pid))?.state !== "Z";
}

/**
 * The dead count as members until somebody takes note of their end. For grandchildren that is the first process of
 * the machine, which in a container often never does.
 */
function hasLivingMembers(group: number): boolean {
  if (!exists(-group)) return false;
  if (!existsSync(TABLE)) return true;
  return readdirSync(TABLE)
    .filter((name) => /^\d+$/.test(name))
    .map(entryOf)
    .some((entry) => entry?.group === group && entry.state !== "Z");
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !isGone(error);
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ESRCH";
}

/** A line of the table is `pid (name) state parent group …`, and the name may hold anything, brackets too. */
function entryOf(pid: string): { state: string; group: number } | undefined {
  try {
    const line = readFileSync(`${TABLE}/${pid}/stat`, "utf8");
    const [state = "", , group] = line.slice(line.lastIndexOf(")") + 2).split(" ");
    return { state, group: Number(group) };
  } catch {
    return undefined;
  }
}
