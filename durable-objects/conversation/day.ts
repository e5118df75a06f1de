/** The day in a time zone (IANA), as `2026-11-21`. `now` in milliseconds since 1970. */
export function dayIn(timeZone: string, now: number): string {
  // Swedish writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat("sv-SE", { timeZone }).format(now);
}
