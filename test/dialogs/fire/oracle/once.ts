import { partsOf, type Traced } from "../trace.ts";
import { of, shownStamps, unsureStamps } from "./messages.ts";

/** Each effect happens once: none twice, and none that a step was told of never. */
export function once(events: readonly Traced[]): readonly string[] {
  const written = of(events, "writes").map(({ stamp }) => stamp);
  return [
    ...twice(shownStamps(events)).map((stamp) => `${stamp} is shown twice`),
    ...twice(written).map((stamp) => `${stamp} is written twice`),
    ...missing(events),
    ...of(events, "written").flatMap(({ stamp }) =>
      written.includes(stamp) ? [] : [`${stamp} is not written`],
    ),
    ...forks(events),
    ...heardTwice(events),
    ...needless(events),
    ...deliveries(events),
    ...calledOff(events),
  ];
}

function twice(stamps: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return stamps.filter((stamp) => (seen.has(stamp) ? true : void seen.add(stamp)));
}

/** What a step has said, and nobody has seen. */
function missing(events: readonly Traced[]): readonly string[] {
  const shown = new Set(shownStamps(events));
  const unsure = unsureStamps(events);
  const said = new Set(of(events, "said").map(({ stamp }) => stamp));
  return [...said].flatMap((stamp) =>
    shown.has(stamp) || unsure.has(stamp) ? [] : [`${stamp} was said, and is not shown`],
  );
}

/** Runs that went on in two ways from one place. */
function forks(events: readonly Traced[]): readonly string[] {
  const steps = new Map<string, string>();
  return of(events, "plays").flatMap(({ run, n, step }) => {
    const place = `${run}.${n}`;
    const before = steps.get(place) ?? step;
    steps.set(place, before);
    return before === step ? [] : [`${place} goes on both at ${before} and at ${step}`];
  });
}

/** Reminders that were not asked whether they are still needed, or not when their time had come. */
function needless(events: readonly Traced[]): readonly string[] {
  const played = new Set<string>();
  let isThere = true;
  return events.flatMap((event) => {
    if (event.kind === "post") isThere = event.isThere;
    // What was looked up before the process died is not looked up again.
    if (event.kind === "dies") isThere = true;
    if (event.kind !== "plays" || played.has(event.run)) return [];
    played.add(event.run);
    return /-tip\d/.test(event.run) && !isThere ? [`${event.run} is played though it is needless`] : [];
  });
}

/** What a person did once, and was handled twice. */
function heardTwice(events: readonly Traced[]): readonly string[] {
  const places = new Map<string, string>();
  const texts = of(events, "plays").flatMap(({ run, n, text }) => {
    if (!text?.startsWith("words ")) return [];
    const before = places.get(text) ?? `${run}.${n}`;
    places.set(text, before);
    return before === `${run}.${n}` ? [] : [`"${text}" is answered at ${before} and at ${run}.${n}`];
  });
  const asked = of(events, "arrives").map(({ command }) => command);
  const begun = new Map<string, Set<string>>();
  for (const { run } of of(events, "plays")) {
    const [, command] = /^([a-z]+)\d+$/.exec(run) ?? [];
    if (command && asked.includes(command)) begun.set(command, (begun.get(command) ?? new Set()).add(run));
  }
  const commands = [...begun].flatMap(([command, runs]) => {
    const times = asked.filter((one) => one === command).length;
    return runs.size > times
      ? [`/${command} is begun ${runs.size} times, and was asked for ${times} times`]
      : [];
  });
  return [...texts, ...commands];
}

/** Outcomes that say that the person was told; the others say why not. */
const TOLD = ["sent", "answered"];
/** Outcomes that say that they were not. */
const NOT_TOLD = ["cancelled", "unlinked", "expired"];

/** What the ledger says of a delivery is what the person has seen of it. */
function deliveries(events: readonly Traced[]): readonly string[] {
  const shown = new Set(shownStamps(events).map((stamp) => partsOf(stamp).run));
  const unsure = new Set([...unsureStamps(events)].map((stamp) => partsOf(stamp).run));
  return of(events, "settled").flatMap(({ run, outcome: { state, reason } }) => {
    const said = `the ledger says ${state}${reason ? ` (${reason})` : ""} of ${run}`;
    if (state === "queued" || state === "deferred") return [`${said} at the end`];
    const isTold = TOLD.includes(state) || reason === "no-answer";
    if (isTold && !shown.has(run) && !unsure.has(run) && !run.startsWith("mute"))
      return [`${said}, and nobody has seen it`];
    return !isTold && NOT_TOLD.includes(state) && shown.has(run)
      ? [`${said}, and the person has seen it`]
      : [];
  });
}

/** What is told though its call was cancelled before anything of it had left. */
function calledOff(events: readonly Traced[]): readonly string[] {
  const off = new Set<string>();
  const begun = new Set<string>();
  return events.flatMap((event) => {
    if (event.kind === "called-off") off.add(event.run);
    if (event.kind !== "shows") return [];
    const runs = event.stamps.map((stamp) => partsOf(stamp).run);
    return runs.flatMap((run) => {
      const isNew = !begun.has(run);
      begun.add(run);
      return isNew && off.has(run) ? [`${run} is told though it was called off`] : [];
    });
  });
}
