import type { Deed } from "./deeds.ts";
import { broken } from "./oracle/oracle.ts";
import { Stage } from "./stage.ts";
import type { Traced } from "./trace.ts";

/** What came of a script. */
export interface Played {
  readonly events: readonly Traced[];
  readonly broken: readonly string[];
}

/** Plays a script to its end, and says what it broke. */
export async function play(script: readonly Deed[]): Promise<Played> {
  const stage = new Stage();
  const { events } = stage.trace;
  try {
    await stage.begins();
    for (const deed of script) await stage.does(deed);
    await stage.calms();
  } catch (error) {
    return {
      events,
      broken: [`a conversation never throws: ${error instanceof Error ? error.stack : error}`],
    };
  }
  return { events, broken: broken(events) };
}
