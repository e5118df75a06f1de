import { describe, expect, it } from "vitest";
import { broken } from "./oracle/oracle.ts";
import type { Rest, Silence, Sizes, Traced, TraceEvent } from "./trace.ts";

const DAY = 24 * 60 * 60 * 1000;

const CALM: Rest = { unheard: 0, due: 0, lost: 0, kept: 0, isPlanned: false, wakesAt: null };
const SMALL: Sizes = { rows: { inbox: 1, runs: 1 }, characters: 500 };
const LOUD: Silence = { pausedUntil: null, withOperator: false, isNight: false };
const NOBODY = { tags: [], variables: [], isPausedForever: false, withOperator: false };

/** An update that does nothing. */
const NOTHING = { text: null, command: null, step: null, under: null };

type Play = Extract<TraceEvent, { kind: "plays" }>;

/** A step is played; where nothing else is said, a person has asked for it. */
function plays(run: string, n: number, more: Partial<Play> = {}): Play {
  const by = { by: "person", critical: false, text: null, silence: LOUD } as const;
  return { kind: "plays", run, n, step: "start", ...by, ...more };
}

/** A step says something, and it is seen. */
function says(stamp: string, silence: Silence = LOUD): readonly TraceEvent[] {
  return [
    { kind: "leaves", stamps: [stamp], silence },
    { kind: "came", stamps: [stamp], result: "sent" },
    { kind: "said", stamp },
    { kind: "shows", stamps: [stamp], text: "" },
  ];
}

function types(update: number): TraceEvent {
  return { kind: "arrives", update, ...NOTHING, text: `words ${update}` };
}

/** The person writes, and is answered at once. */
function chats(update: number, run: string): readonly TraceEvent[] {
  return [types(update), plays(run, 0, { text: `words ${update}` }), ...says(`${run}.0.1`)];
}

function handed(run: string, state: "deferred" | "sent" | "cancelled", reason?: string): TraceEvent {
  return { kind: "handed", run, outcome: reason === undefined ? { state } : { state, reason } };
}

function settled(run: string, state: "deferred" | "sent" | "cancelled"): TraceEvent {
  return { kind: "settled", run, outcome: { state } };
}

/** A run that comes by itself. */
const itself = { by: "itself" } as const;
const paused: Silence = { ...LOUD, pausedUntil: 5 * DAY };
const night: Silence = { ...LOUD, isNight: true };
const operator: Silence = { ...LOUD, withOperator: true };
const news = plays("news1", 0, itself);
const kept = (run: string) => handed(run, "deferred", "paused");

/** Nothing is wrong with these. */
const SOUND: Readonly<Record<string, readonly TraceEvent[]>> = {
  "two messages that are answered": [...chats(1, "echo1"), ...chats(2, "echo2")],
  "a delivery that is told": [news, ...says("news1.0.1"), handed("news1", "sent"), settled("news1", "sent")],
  "a message that got lost with no answer": [
    news,
    { kind: "leaves", stamps: ["news1.0.1"], silence: LOUD },
    { kind: "came", stamps: ["news1.0.1"], result: "uncertain" },
    { kind: "said", stamp: "news1.0.1" },
  ],
  "an update of a lower number that comes too late": [...chats(2, "echo1"), ...chats(1, "echo2")],
  "what is critical, in a pause": [
    plays("siren1", 0, { ...itself, critical: true }),
    ...says("siren1.0.1", paused),
  ],
  "what the person asks for in a pause": [
    types(1),
    plays("echo1", 0, { text: "words 1" }),
    ...says("echo1.0.1", paused),
  ],
  "a call at night": [news, ...says("news1.0.1", night)],
  "a step that was begun before a pause": [news, ...says("news1.0.1"), ...says("news1.0.2", paused)],
  "a review that was asked for in a pause": [
    kept("news1"),
    { kind: "asks-for-kept", silence: paused },
    news,
    ...says("news1.0.1", paused),
  ],
  "a large state after many updates": [
    ...Array.from({ length: 50 }, (_, at) => chats(at + 1, `echo${at}`)).flat(),
    { kind: "sizes", rows: { inbox: 50 }, characters: 500 },
  ],
  "a calm end": [{ kind: "calm", ...CALM }],
};

/** What is wrong with these, by the promise that they break. */
const BROKEN: Readonly<Record<string, readonly (readonly [string, readonly TraceEvent[]])[]>> = {
  "each effect once": [
    ["is shown twice", [...chats(1, "echo1"), ...says("echo1.0.1")]],
    ["was said, and is not shown", [news, { kind: "said", stamp: "news1.0.1" }]],
    [
      "is written twice",
      [
        { kind: "writes", stamp: "ask1.1.1" },
        { kind: "writes", stamp: "ask1.1.1" },
      ],
    ],
    ["is not written", [{ kind: "written", stamp: "ask1.1.1" }]],
    [
      "goes on both at yes and at no",
      [plays("pick1", 1, { step: "yes" }), plays("pick1", 1, { step: "no" })],
    ],
    ["is answered at echo1.0 and at echo2.0", [...chats(1, "echo1"), ...chats(1, "echo2")]],
    [
      "is begun 2 times, and was asked for 1 times",
      [{ kind: "arrives", update: 1, ...NOTHING, command: "nap" }, plays("nap1", 0), plays("nap2", 0)],
    ],
    [
      "is played though it is needless",
      [{ kind: "post", isThere: false }, plays("remind1-tip0-1", 0, itself)],
    ],
    ["deferred of news1 at the end", [settled("news1", "deferred")]],
    ["sent of news1, and nobody has seen it", [settled("news1", "sent")]],
    [
      "cancelled of news1, and the person has seen it",
      [news, ...says("news1.0.1"), settled("news1", "cancelled")],
    ],
    [
      "is told though it was called off",
      [handed("news1", "cancelled"), { kind: "called-off", run: "news1" }, news, ...says("news1.0.1")],
    ],
  ],
  "order kept": [
    ["long1.0.1 is shown after long1.0.2", [plays("long1", 0), ...says("long1.0.2"), ...says("long1.0.1")]],
    [
      "update 2 is handled before 1",
      [
        types(1),
        types(2),
        plays("echo1", 0, { text: "words 2" }),
        ...says("echo1.0.1"),
        plays("echo2", 0, { text: "words 1" }),
        ...says("echo2.0.1"),
      ],
    ],
    [
      "news1 was kept before news2",
      [kept("news1"), kept("news2"), plays("news2", 0, itself), plays("news1", 0, itself)],
    ],
  ],
  "every run ends or waits": [
    ["updates are never handled", [{ kind: "calm", ...CALM, unheard: 1 }]],
    ["steps are never played", [{ kind: "calm", ...CALM, due: 1 }]],
    ["runs wait for nothing", [{ kind: "calm", ...CALM, lost: 1 }]],
    ["nobody wakes it", [{ kind: "calm", ...CALM, isPlanned: true }]],
    ["what was kept is not shown", [{ kind: "calm", ...CALM, kept: 1 }]],
    ["over and over", [{ kind: "spins" }]],
    ["does nothing", Array.from({ length: 9 }, () => ({ kind: "rests", wakesAt: 0, isWork: true }) as const)],
  ],
  "state bounded": [
    ["500 rows of runs", [{ kind: "sizes", rows: { runs: 500 }, characters: 500 }]],
    ["50 rows of inbox", [...chats(1, "echo1"), { kind: "sizes", rows: { inbox: 50 }, characters: 500 }]],
    ["40 rows of deliveries", [{ kind: "sizes", rows: { deliveries: 40 }, characters: 500 }]],
    ["9000 characters", [{ kind: "sizes", ...SMALL, characters: 9000 }]],
  ],
  "nothing said while silenced but what is critical": [
    ["the person wants quiet", [news, ...says("news1.0.1", paused)]],
    ["an operator is there", [news, ...says("news1.0.1", operator)]],
    ["it is night", [plays("nap1", 1, { ...itself, step: "wake" }), ...says("nap1.1.1", night)]],
    ["nobody has asked", [kept("news1"), news, ...says("news1.0.1")]],
    [
      "the person wants quiet again",
      [kept("news1"), { kind: "asks-for-kept", silence: LOUD }, news, ...says("news1.0.1", paused)],
    ],
    ["is played though an operator is there", [plays("menu1", 0, { silence: operator })]],
  ],
  "what a person writes is answered": [
    ["nobody answers words 1", [types(1)]],
    ["echo1 says nothing", [types(1), plays("echo1", 0, { text: "words 1" })]],
  ],
  "an answer goes where it was asked for": [
    [
      "pick1.2 plays yes, which nobody tapped there",
      [
        { kind: "arrives", update: 1, ...NOTHING, step: "yes", under: "pick1.0.1" },
        plays("pick1", 2, { step: "yes" }),
      ],
    ],
    [
      'ask1 takes "words 1", which was a reply to survey1.0.1',
      [
        { kind: "arrives", update: 1, ...NOTHING, text: "words 1", under: "survey1.0.1" },
        plays("ask1", 1, { step: "take", text: "words 1" }),
      ],
    ],
  ],
  "the lead as they were left": [
    ["the tag red is lost", [left({ tags: ["red"] })]],
    ["the variable red is lost", [left({ variables: ["red"] })]],
    ["a pause without an end is not there", [left({ isPausedForever: true })]],
    ["an operator is not there", [left({ withOperator: true })]],
    ["the directory", [{ ...left({}), there: { ...NOBODY, tags: ["red"] } }]],
  ],
};

function left(rightly: Partial<typeof NOBODY | { tags: readonly string[]; variables: readonly string[] }>) {
  return { kind: "lead", here: NOBODY, there: NOBODY, rightly: { ...NOBODY, ...rightly } } as const;
}

/** As they happened, at one moment. */
function traced(events: readonly TraceEvent[]): readonly Traced[] {
  return events.map((event) => ({ ...event, at: 0 }));
}

describe("the oracle", () => {
  it.each(Object.entries(SOUND))("has nothing against %s", (_, events) => {
    expect(broken(traced(events))).toEqual([]);
  });

  const cases = Object.entries(BROKEN).flatMap(([promise, list]) =>
    list.map(([problem, events]) => ({ promise, problem, events })),
  );

  it.each(cases)("sees that a promise is broken, $promise: $problem", ({ promise, problem, events }) => {
    const found = broken(traced(events)).filter((one) => one.startsWith(`${promise}: `));

    expect(found.join("\n")).toContain(problem);
  });
});
