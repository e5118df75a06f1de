import { z } from "zod";
import type { PersonChange } from "../../contract/person-change.ts";
import { When } from "../../contract/when.ts";
import type { Language } from "../../contract/words.ts";
import type { Problem } from "./envelope.ts";

/** How far ahead a call may be planned: later than that, nobody remembers it. */
const FARTHEST_MS = 366 * 24 * 60 * 60 * 1000;

const dryRun = z
  .boolean()
  .nullish()
  .describe("Checks everything, counts the recipients and renders the first message; nobody is told");

const times = {
  sendAt: When.nullish().describe(
    "When to begin, at most a year ahead; at once where it is absent or past. ISO 8601 with an offset",
  ),
  expiresAt: When.nullish().describe(
    "After this nobody is told any more; later than now and than `sendAt`. ISO 8601 with an offset",
  ),
};

/** The body of a call with these parameters; whatever else stands beside them does not matter (requirement 3). */
export function callBody<Params extends z.ZodType>(params: Params) {
  return z.object({ script_request_params: params, dryRun, ...times });
}

/** The body of a call that changes a user, for the document of the API: it can't be planned. */
export function changeBody<Params extends z.ZodType>(params: Params) {
  return z.object({ script_request_params: params, dryRun });
}

/** When a call begins, and when it is too late for it; milliseconds since 1970. */
export interface CallTimes {
  /** `null` is at once. */
  readonly sendAt: number | null;
  readonly expiresAt: number | null;
}

/** The times as a body names them. */
interface GivenTimes {
  readonly sendAt?: string | null | undefined;
  readonly expiresAt?: string | null | undefined;
}

/** The times that a body names. One to begin at that is past is none. */
export function timesOf(body: GivenTimes, now: number): CallTimes {
  const sendAt = body.sendAt ? Date.parse(body.sendAt) : null;
  return {
    sendAt: sendAt !== null && sendAt > now ? sendAt : null,
    expiresAt: body.expiresAt ? Date.parse(body.expiresAt) : null,
  };
}

const texts = {
  far: { ru: "Не дальше года от сегодня", en: "At most a year ahead" },
  past: { ru: "Это время уже прошло", en: "This time is past" },
  early: { ru: "Должно быть позже sendAt", en: "Must be later than sendAt" },
  change: {
    ru: "Этот вызов меняет данные пользователя сразу, время для него указать нельзя",
    en: "This call changes a user at once, so it can't be given a time",
  },
};

/**
 * What is wrong with the times of a call that changes a user: it is made at once or not at all, since what is told of
 * it later may be untrue by then; and a pause has an end to come.
 */
export function changeProblems(
  given: GivenTimes,
  change: PersonChange,
  now: number,
  language: Language,
): readonly Problem[] {
  const named = (["sendAt", "expiresAt"] as const).filter((path) => typeof given[path] === "string");
  const problems = named.map((path) => ({ path, message: texts.change[language] }));
  return change.kind === "pause" && change.until <= now
    ? [...problems, { path: "script_request_params.until", message: texts.past[language] }]
    : problems;
}

/** What is wrong with the times of a call that is made now. */
export function timeProblems(
  { sendAt, expiresAt }: CallTimes,
  now: number,
  language: Language,
): readonly Problem[] {
  const problems: Problem[] = [];
  const add = (path: string, text: keyof typeof texts) =>
    problems.push({ path, message: texts[text][language] });
  if (sendAt !== null && sendAt > now + FARTHEST_MS) add("sendAt", "far");
  if (expiresAt !== null && expiresAt <= now) add("expiresAt", "past");
  else if (expiresAt !== null && sendAt !== null && expiresAt <= sendAt) add("expiresAt", "early");
  return problems;
}
