import type { Clock } from "../../../examples/family-site/clock.ts";

/** A clock that stands still until a test moves it. */
export interface FakeClock extends Clock {
  /** Moves the time on and runs what has become due, earliest first. */
  pass(ms: number): void;
}

/** Noon of a spring day in Moscow. */
export const START = Date.parse("2026-05-03T09:00:00Z");

/** A fresh clock at `START`, or at another moment. */
export function fakeClock(start = START): FakeClock {
  let now = start;
  let timers: { readonly at: number; readonly action: () => void }[] = [];
  return {
    now: () => now,
    after(ms, action) {
      const timer = { at: now + ms, action };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    pass(ms) {
      now += ms;
      const due = timers.filter((timer) => timer.at <= now).sort((a, b) => a.at - b.at);
      timers = timers.filter((timer) => timer.at > now);
      for (const { action } of due) action();
    },
  };
}
