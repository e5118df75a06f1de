import { median } from "../numbers.ts";
import type { Build } from "../world/builds.ts";
import { startRuntime } from "../world/runtime.ts";

/** What the Workers need to answer at all: nothing is sent and nothing opened. */
const SETTINGS = {
  vars: { TELEGRAM_API_ROOT: "http://127.0.0.1:9", BOT_TOKEN: "1:none", BOT_INFO: "{}" },
  secrets: { SEALING_KEY: "none" },
};

/** Milliseconds until a new runtime answers its first request from each of these Workers: the median of some starts. */
export async function coldStarts<Name extends string>(
  builds: Readonly<Record<Name, Build>>,
  rounds: number,
): Promise<Readonly<Record<Name, number>>> {
  const names = Object.keys(builds) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) times.get(name)?.push(await coldStart(builds[name]));
  }
  const middles = names.map((name) => [name, median(times.get(name) ?? [])]);
  return Object.fromEntries(middles) as Record<Name, number>;
}

async function coldStart(build: Build): Promise<number> {
  const began = performance.now();
  const { close } = await startRuntime(build, SETTINGS);
  const ms = performance.now() - began;
  await close();
  return ms;
}
