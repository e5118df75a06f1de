import { Temporal } from "temporal-polyfill";
import type { QuietHours } from "../contract/bot.ts";
import { BrokenData } from "../contract/errors.ts";
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
function spanMs({ days = 0, hours = 0, minutes = 0 }: Span): number {
  return days * DAY + hours * HOUR + minutes * MINUTE;
}

/**
 * The moment that `time` means at `now`; both in milliseconds since 1970. Never before now, nor farther than a year.
 * @param timeZone IANA
 * @throws BrokenData where it is no date
 */
export function momentOf(time: Time, now: number, timeZone: string): number {
  const moment = rawMoment(time, now, timeZone);
  if (!Number.isFinite(moment)) throw new BrokenData("A time that is no date");
  return Math.min(Math.max(moment, now), now + FARTHEST);
}

/** The same, for what goes on by itself: a minute from now at the soonest, so that nothing runs in a circle without a rest. */
export function laterMomentOf(time: Time, now: number, timeZone: string): number {
  return Math.max(momentOf(time, now, timeZone), now + MINUTE);
}

function rawMoment(time: Time, now: number, timeZone: string): number {
  if ("at" in time) return Date.parse(time.at);
  if (!("daytime" in time)) return now + spanMs(time);
  const today = zoned(now, timeZone).toPlainDate();
  const on = (days: number, which: "earlier" | "later") =>
    atDaytime(today.add({ days }), time.daytime, timeZone, which);
  if (time.inDays !== undefined) return on(time.inDays, "later");
  // On the day on which the clocks go back a time may come twice.
  return [on(0, "earlier"), on(0, "later")].find((moment) => moment > now) ?? on(1, "earlier");
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

/** A time of the day, which may come twice on the day on which the clocks go back; one that they skip is the one after it. */
function atDaytime(
  date: Temporal.PlainDate,
  daytime: string,
  timeZone: string,
  which: "earlier" | "later",
): number {
  const time = date.toPlainDateTime(Temporal.PlainTime.from(daytime));
  const isSkipped = !time.toZonedDateTime(timeZone).toPlainDateTime().equals(time);
  return time.toZonedDateTime(timeZone, { disambiguation: isSkipped ? "compatible" : which })
    .epochMilliseconds;
}
