import { describe, expect, it } from "vitest";
import { changeProblems, timeProblems, timesOf } from "../../workers/call/call-body.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const DAY = 24 * 60 * 60 * 1000;
const at = (ms: number) => new Date(NOW + ms).toISOString();

/** What is wrong with times that are given so. */
const problemsOf = (body: { sendAt?: string; expiresAt?: string }) =>
  timeProblems(timesOf(body, NOW), NOW, "en");

describe("the times of a call", () => {
  it("are none where none are given", () => {
    expect(timesOf({}, NOW)).toEqual({ sendAt: null, expiresAt: null });
    expect(timesOf({ sendAt: null, expiresAt: null }, NOW)).toEqual({ sendAt: null, expiresAt: null });
  });

  it("are read with their offset", () => {
    expect(timesOf({ sendAt: "2026-11-20T15:00:01+03:00" }, NOW).sendAt).toBe(NOW + 1000);
  });

  it("to begin at are now where they are past", () => {
    expect(timesOf({ sendAt: at(-1) }, NOW).sendAt).toBeNull();
    expect(timesOf({ sendAt: at(0) }, NOW).sendAt).toBeNull();
  });

  it("lie within a year, and an end lies after now and after the beginning", () => {
    expect(problemsOf({ sendAt: at(365 * DAY), expiresAt: at(400 * DAY) })).toEqual([]);
    expect(problemsOf({ sendAt: at(367 * DAY) })).toEqual([{ path: "sendAt", message: expect.any(String) }]);
    expect(problemsOf({ expiresAt: at(0) })).toEqual([{ path: "expiresAt", message: "This time is past" }]);
    expect(problemsOf({ sendAt: at(DAY), expiresAt: at(DAY) })).toEqual([
      { path: "expiresAt", message: "Must be later than sendAt" },
    ]);
    expect(problemsOf({ sendAt: at(-DAY), expiresAt: at(DAY) })).toEqual([]);
  });
});

describe("the times of a call that changes a user", () => {
  const block = { kind: "block", userId: "127", reason: "" } as const;
  const pause = (until: number) => ({ kind: "pause", userId: "127", until }) as const;

  it("are refused, each where it stands: a change is made at once", () => {
    expect(changeProblems({}, block, NOW, "en")).toEqual([]);
    expect(changeProblems({ sendAt: null, expiresAt: null }, block, NOW, "en")).toEqual([]);
    const message = "This call changes a user at once, so it can't be given a time";
    expect(changeProblems({ sendAt: at(-DAY), expiresAt: at(DAY) }, block, NOW, "en")).toEqual([
      { path: "sendAt", message },
      { path: "expiresAt", message },
    ]);
  });

  it("hold a pause to an end that is to come", () => {
    const problem = { path: "script_request_params.until", message: "Это время уже прошло" };

    expect(changeProblems({}, pause(NOW + 1), NOW, "ru")).toEqual([]);
    expect(changeProblems({}, pause(NOW), NOW, "ru")).toEqual([problem]);
    expect(changeProblems({}, pause(0), NOW, "ru")).toEqual([problem]);
  });
});
