import { describe, expect, it } from "vitest";
import { momentInWords, momentOf, quietUntil } from "../../dialogs/time.ts";

const MOSCOW = "Europe/Moscow";
const BERLIN = "Europe/Berlin";
const at = (text: string) => Date.parse(text);
const iso = (moment: number | null) => moment && new Date(moment).toISOString();

describe("a time to come", () => {
  const noon = at("2026-11-21T12:00:00+03:00");

  it("is a stretch of time, a moment, or a time of the day where the bot is", () => {
    expect(momentOf({ days: 1, hours: 1, minutes: 1 }, noon, MOSCOW)).toBe(noon + 25 * 3_600_000 + 60_000);
    expect(momentOf({ at: "2026-11-22T00:00:00Z" }, noon, MOSCOW)).toBe(at("2026-11-22T00:00:00Z"));
    expect(momentOf({ daytime: "13:00" }, noon, MOSCOW)).toBe(noon + 3_600_000);
    expect(momentOf({ daytime: "09:00" }, noon, MOSCOW)).toBe(at("2026-11-22T09:00:00+03:00"));
    expect(momentOf({ daytime: "13:00", inDays: 1 }, noon, MOSCOW)).toBe(at("2026-11-22T13:00:00+03:00"));
  });

  it("is never past, and never more than a year ahead", () => {
    expect(momentOf({ at: "2020-01-01T00:00:00Z" }, noon, MOSCOW)).toBe(noon);
    expect(momentOf({ days: 1_000 }, noon, MOSCOW)).toBe(noon + 366 * 24 * 3_600_000);
  });

  it("is the same time of the day where the clocks are changed meanwhile", () => {
    const evening = at("2026-03-28T20:00:00+01:00");

    expect(momentOf({ daytime: "09:00" }, evening, BERLIN)).toBe(at("2026-03-29T09:00:00+02:00"));
    // There is no half past two on that day.
    expect(momentOf({ daytime: "02:30" }, evening, BERLIN)).toBe(at("2026-03-29T03:30:00+02:00"));
  });
});

describe("quiet hours", () => {
  const night = { from: "22:00", until: "08:00" };

  it("run over midnight, and end in the morning of the bot's time zone", () => {
    expect(iso(quietUntil(night, at("2026-11-21T23:00:00+03:00"), MOSCOW))).toBe("2026-11-22T05:00:00.000Z");
    expect(iso(quietUntil(night, at("2026-11-22T07:59:59+03:00"), MOSCOW))).toBe("2026-11-22T05:00:00.000Z");
    expect(quietUntil(night, at("2026-11-22T08:00:00+03:00"), MOSCOW)).toBe(null);
    expect(quietUntil(night, at("2026-11-22T21:59:59+03:00"), MOSCOW)).toBe(null);
  });

  it("may lie within a day, or be none at all", () => {
    const nap = { from: "13:00", until: "15:00" };

    expect(iso(quietUntil(nap, at("2026-11-21T13:00:00+03:00"), MOSCOW))).toBe("2026-11-21T12:00:00.000Z");
    expect(quietUntil(nap, at("2026-11-21T15:00:00+03:00"), MOSCOW)).toBe(null);
    expect(quietUntil(null, at("2026-11-21T13:00:00+03:00"), MOSCOW)).toBe(null);
    expect(quietUntil({ from: "09:00", until: "09:00" }, at("2026-11-21T09:00:00+03:00"), MOSCOW)).toBe(null);
  });

  it("end in the second pass of the hour that comes twice, where they lie in that", () => {
    const night = { from: "22:00", until: "02:30" };

    expect(iso(quietUntil(night, at("2026-10-25T02:10:00+01:00"), BERLIN))).toBe("2026-10-25T01:30:00.000Z");
  });
});

describe("a moment in words", () => {
  const now = at("2026-11-21T12:00:00+03:00");

  it.each([
    ["2026-11-21T14:30:00+03:00", "14:30", "14:30"],
    ["2026-11-22T09:00:00+03:00", "завтра, 09:00", "tomorrow, 09:00"],
    ["2026-11-28T09:00:00+03:00", "28 ноября, 09:00", "28 November, 09:00"],
    ["2027-01-05T09:00:00+03:00", "5 января 2027 г., 09:00", "5 January 2027, 09:00"],
  ])("%s is %s, or %s", (moment, russian, english) => {
    expect(momentInWords(at(moment), now, MOSCOW, "ru")).toBe(russian);
    expect(momentInWords(at(moment), now, MOSCOW, "en")).toBe(english);
  });
});
