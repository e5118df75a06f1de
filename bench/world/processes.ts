import { readdirSync, readFileSync, writeFileSync } from "node:fs";

/** What some processes have used; `null` on a system that does not tell in `/proc`. */
export interface Usage {
  /** The most memory they held at once since `resetPeaks`, RSS, MiB. */
  readonly peakMiB: number;
  /** Processor time since they began, s. */
  readonly cpuSeconds: number;
}

/** The unit of processor times in `/proc` (`sysconf(_SC_CLK_TCK)`): it is 100 on every Linux there is. */
const TICKS_A_SECOND = 100;

/** The processes of this name that this one started. */
export function childrenNamed(name: string): readonly number[] {
  return entries().filter((pid) => {
    const stat = statOf(pid);
    return stat?.name === name && stat.parent === process.pid;
  });
}

/** From now on their peaks count anew. */
export function resetPeaks(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      // Linux, proc(5): 5 sets the peak of the resident set to what it is now.
      writeFileSync(`/proc/${pid}/clear_refs`, "5");
    } catch {
      // Elsewhere, or gone: then there is no number either.
    }
  }
}

/** What these processes have used together, or `null` where it is not to be known. */
export function usageOf(pids: readonly number[]): Usage | null {
  const stats = pids.map((pid) => ({ stat: statOf(pid), peak: peakOf(pid) }));
  if (stats.length === 0 || stats.some(({ stat, peak }) => !stat || peak === null)) return null;
  return {
    peakMiB: stats.reduce((sum, { peak }) => sum + (peak ?? 0), 0),
    cpuSeconds: stats.reduce((sum, { stat }) => sum + (stat?.cpuSeconds ?? 0), 0),
  };
}

function entries(): readonly number[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** A line of the table is `pid (name) state parent …`, and the name may hold anything, brackets too. */
function statOf(pid: number) {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, "utf8");
    const end = line.lastIndexOf(")");
    const rest = line.slice(end + 2).split(" ");
    const ticks = Number(rest[11]) + Number(rest[12]);
    return {
      name: line.slice(line.indexOf("(") + 1, end),
      parent: Number(rest[1]),
      cpuSeconds: ticks / TICKS_A_SECOND,
    };
  } catch {
    return null;
  }
}

function peakOf(pid: number): number | null {
  try {
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return peak === undefined ? null : Number(peak) / 1024;
  } catch {
    return null;
  }
}
