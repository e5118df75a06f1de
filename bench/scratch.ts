import { mkdtempSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where Linux keeps files in memory. */
const MEMORY = "/dev/shm";
/** Ten thousand conversations and three databases of up to a million leads need less. */
const ENOUGH_BYTES = 6 * 1024 ** 3;

/** A folder for all that a run writes. */
export interface Scratch {
  readonly folder: string;
  /** Whether it lies in memory. */
  readonly isInMemory: boolean;
  remove(): void;
}

/**
 * Makes the folder, in memory where there is room: the runtime waits for the disk at each commit, and would show how
 * fast the disk is that this machine happens to have, and who else uses it. Redis, beside it, keeps nothing on a disk.
 * Whatever asks for the system's temporary folder gets this one from now on.
 */
export function scratchFolder(): Scratch {
  const isInMemory = hasRoom(MEMORY);
  const folder = mkdtempSync(join(isInMemory ? MEMORY : tmpdir(), "beseda-bench-"));
  process.env.TMPDIR = folder;
  return { folder, isInMemory, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function hasRoom(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize >= ENOUGH_BYTES;
  } catch {
    return false;
  }
}
