import fc from "fast-check";
import { expect, it } from "vitest";
import type { Deed } from "./deeds.ts";
import { play } from "./fire.ts";
import { narrative } from "./narrative.ts";
import { script } from "./script.ts";

/**
 * A conversation under random fire: updates, deliveries, time, crashes, evictions, deploys, and failures of all that it
 * reaches, in any order. `oracle/` says what must hold whatever happens.
 *
 *   FIRE_RUNS=100000 vitest run --project unit test/dialogs/fire    that many scripts
 *   FIRE_SEED=-123   vitest run --project unit test/dialogs/fire    others, or those of a run that failed
 *
 * What fails is shrunk, and printed as a script with what came of it.
 */
const RUNS = Number(process.env.FIRE_RUNS ?? 1_000);
/** The same scripts each time unless told otherwise: a change is judged by what it changes. */
const SEED = Number(process.env.FIRE_SEED ?? 4);

/** Milliseconds that a script may take on a machine that does other things too. */
const LONGEST_MS = 150;

/** What was broken, and the script that breaks it. */
async function report(deeds: readonly Deed[], seed: number): Promise<string> {
  const { broken, events } = await play(deeds);
  return [...broken, "", narrative(events), "", `FIRE_SEED=${seed}`].join("\n");
}

it(
  "a conversation keeps its promises, whatever happens to it",
  async () => {
    const keeps = fc.asyncProperty(script, async (deeds) => (await play(deeds)).broken.length === 0);

    const { counterexample, seed } = await fc.check(keeps, { numRuns: RUNS, seed: SEED });

    if (counterexample) expect.fail(await report(counterexample[0], seed));
  },
  20_000 + RUNS * LONGEST_MS,
);
