import { describe, expect, it } from "vitest";
import type { Deed } from "./deeds.ts";
import { play } from "./fire.ts";

const HOUR = 60 * 60 * 1000;

const told = (alias: string) => ({ kind: "told", alias, isHasty: false, hours: null }) as const;
const types = (name: string) => ({ kind: "acts", doing: { does: "command", name } }) as const;
const many = (times: number, of: ReturnType<typeof types | typeof told>): Deed => ({
  kind: "many",
  times,
  of,
});
const taps: Deed = { kind: "acts", doing: { does: "taps", back: 1 } };
const passes = (hours: number): Deed => ({ kind: "passes", ms: hours * HOUR });
const fails = (what: Extract<Deed, { kind: "fails" }>["what"]): Deed => ({ kind: "fails", what, times: 1 });
const call = (change: Extract<Deed, { kind: "call" }>["change"]): Deed => ({
  kind: "call",
  change,
  isLate: false,
});
const late: Deed = { kind: "belated" };
const busy: Deed = { kind: "channel", faults: ["busy"] };
const noSystem: Deed = { kind: "breaks down", what: "system" };
const noChannel: Deed = { kind: "breaks down", what: "channel" };
const dies = (at: number, side: "before" | "after"): Deed => ({ kind: "crashes", at, side });

/** What a script breaks. */
async function brokenBy(...script: readonly Deed[]): Promise<readonly string[]> {
  return (await play(script)).broken;
}

/** What chance seldom brings about. */
const SELDOM: readonly (readonly [string, readonly Deed[]])[] = [
  [
    "a call that is cancelled while it is kept",
    [call("pause"), told("news"), { kind: "cancelled", back: 0 }],
  ],
  [
    "more that is kept than a conversation keeps",
    [types("away"), many(120, told("news")), many(120, told("post"))],
  ],
  [
    "more questions than may be open",
    [many(120, told("alarm")), many(120, told("survey")), many(120, told("poll"))],
  ],
  [
    "more runs than may sleep",
    [many(120, types("nap")), many(120, told("dream")), many(120, told("nightmare"))],
  ],
  [
    "deliveries of three months",
    [
      many(20, told("news")),
      passes(32 * 24),
      many(20, told("news")),
      passes(32 * 24),
      many(20, told("news")),
    ],
  ],
  [
    "a pause in the middle of a review",
    [
      ...[types("pause"), told("post"), noSystem, types("show"), types("away")],
      ...[{ kind: "is repaired", what: "system" } as const, passes(1)],
    ],
  ],
  ["more reminders than there may be", [types("many"), types("many"), types("many")]],
];

/** Scripts that broke a promise once. */
const FOUND: readonly (readonly [string, readonly Deed[]])[] = [
  [
    "a message of which nobody knows whether it left, to somebody who signed out since",
    [dies(0, "after"), told("news"), call("disconnect"), passes(1)],
  ],
  ["changes by two steps that wait for the main system", [noSystem, types("red"), types("blue")]],
  ...[0, 1, 2, 3].map((at): readonly [string, readonly Deed[]] => [
    `the process dies at call ${at} to the outside while it shows what was kept`,
    [types("away"), told("news"), dies(at, "before"), types("show")],
  ]),
  [
    "a timed step whose write had no answer, and a pause before it is tried again",
    [told("dream"), fails("unanswering system"), passes(5), call("pause")],
  ],
  [
    "a reminder that is needless when the pause is over that held it back",
    [types("remind"), fails("silent system"), passes(2), call("pause"), { kind: "post", isThere: false }],
  ],
  [
    "a reminder that has to wait for the main system until the person wants quiet",
    [noSystem, types("remind"), passes(3), call("pause")],
  ],
  [
    "a step that another went on to, and a pause before it is tried again",
    [busy, told("chain"), call("pause")],
  ],
  [
    "a pause by a call while what was kept waits for the main system",
    [call("pause"), told("post"), noSystem, passes(12), call("pause")],
  ],
  [
    "news of a change that come after what the person themself changed",
    [{ kind: "call", change: "away", isLate: true }, types("pause"), late],
  ],
  [
    "ever more steps that wait for the main system",
    [noSystem, many(120, types("work")), many(120, types("work")), many(120, types("work"))],
  ],
  [
    "a delivery that had only looked something up when the person signed out",
    [busy, told("reading"), call("disconnect")],
  ],
  [
    "the greeting after a pause that can't be sent before the next",
    [call("pause"), noChannel, passes(5), call("pause")],
  ],
  [
    "a reminder that had looked whether it is needed when nothing could be sent, and quiet came in between",
    [told("planner"), { kind: "quiet hours", hours: "day" }, noChannel, passes(25), call("pause")],
  ],
  [
    "an answer to what was kept, and a pause in between",
    [call("pause"), told("survey"), passes(2), passes(3), call("pause"), taps],
  ],
  [
    "more deliveries that wait for the end of a pause than there may be sleeping runs",
    [call("pause"), many(120, told("chain")), types("show"), types("menu")],
  ],
  [
    "ever more deliveries that wait for the main system",
    [noSystem, many(120, told("double")), many(120, told("double")), many(120, told("double"))],
  ],
];

describe("a conversation keeps its promises", () => {
  it.each(SELDOM)("with %s", async (_, script) => {
    expect(await brokenBy(...script)).toEqual([]);
  });

  it.each(FOUND)("with %s", async (_, script) => {
    expect(await brokenBy(...script)).toEqual([]);
  });
});
