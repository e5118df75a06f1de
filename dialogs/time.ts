import { Temporal } from "temporal-polyfill";
import type { QuietHours } from "../contract/bot.ts";
import type { Language } from "../contract/words.ts";

/** A stretch of time. */
export interface Span {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
}

/**
 * A time to come: after a stretch of time, at a moment (ISO 8601 with an offset), or at a time of the day ("09:00", in
 * the bot's time zone): the next one, or that of so many days from today.
 */
export type Time = Span | { readonly at: string } | { readonly daytime: string; readonly inDays?: number };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Nothing is planned farther ahead: by then nobody knows what it was about. */
const FARTHEST = 366 * DAY;

/** A stretch of time in milliseconds. */
export function spanMs({ days = 0, hours = 0, minutes = 0 }: Span): number {
  return days * DAY + hours * HOUR + minutes * MINUTE;
}

/**
 * The moment that `time` means at `now`; both in milliseconds since 1970. Never before now, nor farther than a year.
 * @param timeZone IANA
 */
export function momentOf(time: Time, now: number, timeZone: string): number {
  return Math.min(Math.max(rawMoment(time, now, timeZone), now), now + FARTHEST);
}

function rawMoment(time: Time, now: number, timeZone: string): number {
  if ("at" in time) return Date.parse(time.at);
  if (!("daytime" in time)) return now + spanMs(time);
  const today = zoned(now, timeZone).toPlainDate();
  const on = (days: number) => atDaytime(today.add({ days }), time.daytime, timeZone);
  if (time.inDays !== undefined) return on(time.inDays);
  return on(0) > now ? on(0) : on(1);
}

/** When the quiet hours end in which `now` lies, or `null` where it lies in none; milliseconds since 1970. */
export function quietUntil(quiet: QuietHours | null, now: number, timeZone: string): number | null {
  if (!quiet || quiet.from === quiet.until) return null;
  const time = zoned(now, timeZone).toPlainTime().toString({ smallestUnit: "minute" });
  const isOverMidnight = quiet.from > quiet.until;
  const isIn = isOverMidnight
    ? time >= quiet.from || time < quiet.until
    : time >= quiet.from && time < quiet.until;
  return isIn ? rawMoment({ daytime: quiet.until }, now, timeZone) : null;
}

const TAGS: Readonly<Record<Language, string>> = { ru: "ru-RU", en: "en-GB" };

/** A moment as a person says it, seen from `now`: "14:30", "завтра, 09:00", "28 ноября, 09:00". */
export function momentInWords(moment: number, now: number, timeZone: string, language: Language): string {
  const tag = TAGS[language];
  const then = zoned(moment, timeZone);
  const time = then.toPlainTime().toString({ smallestUnit: "minute" });
  const days = zoned(now, timeZone).toPlainDate().until(then.toPlainDate(), { largestUnit: "day" }).days;
  if (days === 0) return time;
  if (days === 1) return `${{ ru: "завтра", en: "tomorrow" }[language]}, ${time}`;
  const isThisYear = then.year === zoned(now, timeZone).year;
  const date = new Intl.DateTimeFormat(tag, {
    timeZone,
    day: "numeric",
    month: "long",
    ...(isThisYear ? {} : { year: "numeric" as const }),
  }).format(moment);
  return `${date}, ${time}`;
}

function zoned(moment: number, timeZone: string) {
  return Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(timeZone);
}

/** A time of the day that a clock skips (summer time) is the one after it. */
function atDaytime(date: Temporal.PlainDate, daytime: string, timeZone: string): number {
  return date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(daytime) }).epochMilliseconds;
}
