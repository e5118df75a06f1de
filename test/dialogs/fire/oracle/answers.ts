import type { Traced } from "../trace.ts";
import { of, refusedStamps, shownStamps, unsureStamps } from "./messages.ts";

/** What can't be sent for that long is given up. */
const PATIENCE_MS = 23 * 60 * 60 * 1000;

/** What a person writes is answered, unless that can't be sent. */
export function answers(events: readonly Traced[]): readonly string[] {
  return [...unheard(events), ...unanswered(events)];
}

/** Texts that no step was given, beyond those that are answered without one. */
function unheard(events: readonly Traced[]): readonly string[] {
  const given = new Set(of(events, "plays").map(({ text }) => text));
  const texts = of(events, "arrives").filter(({ text }) => text !== null && !given.has(text));
  // Asked for in another shape; told to wait; the first after the account was deleted; a step that a deploy took away.
  const otherwise = new Set(
    of(events, "plays").flatMap(({ run }) => (/^(busy|deleted|changed|sorry)\d+$/.test(run) ? [run] : [])),
  ).size;
  const again = of(events, "leaves").filter(({ stamps }) => stamps.length === 0).length;
  return texts.length > otherwise + again
    ? [`nobody answers ${texts.map(({ text }) => text).join(", ")}`]
    : [];
}

/** What nothing waited for is answered with a question back. */
function unanswered(events: readonly Traced[]): readonly string[] {
  const shown = new Set(shownStamps(events));
  const excused = new Set([...unsureStamps(events), ...refusedStamps(events)]);
  const runs = new Set(of(events, "plays").flatMap(({ run }) => (run.startsWith("echo") ? [run] : [])));
  return [...runs].flatMap((run) => {
    const stamp = `${run}.0.1`;
    if (shown.has(stamp) || excused.has(stamp)) return [];
    const times = of(events, "plays").flatMap((play) => (play.run === run ? [play.at] : []));
    return Math.max(...times) - Math.min(...times) > PATIENCE_MS ? [] : [`${run} says nothing`];
  });
}
