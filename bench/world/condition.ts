import { setTimeout as pause } from "node:timers/promises";

/** How often a condition in another process is asked, ms: seldom enough that the asking slows nothing. */
const LOOK_EVERY = 100;

/** Waits until `holds` is true. Throws, naming `what`, where it is not in time. */
export async function until(what: string, ms: number, holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`Waited ${ms / 1000} s in vain: ${what}`);
    await pause(LOOK_EVERY);
  }
}

/** The promise's value. Throws, naming `what`, where it does not come in time. */
export async function inTime<T>(what: string, ms: number, promise: Promise<T>): Promise<T> {
  const stop = new AbortController();
  const late = pause(ms, undefined, { signal: stop.signal }).then(() => {
    throw new Error(`Waited ${ms / 1000} s in vain: ${what}`);
  });
  late.catch(() => {});
  return Promise.race([promise, late]).finally(() => stop.abort());
}
