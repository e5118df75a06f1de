import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  beginning,
  type Pace,
  rateAt,
  slowed,
  takeAnswer,
  takeShare,
  withCeiling,
} from "../../durable-objects/pacer/pace.ts";

const SECOND = 1000;

/** A bot's sending, second by second, with the limit that a messenger would keep: a second's worth at once. */
class Line {
  pace: Pace;
  now = 0;
  readonly left: { readonly at: number; readonly who: string; readonly slots: number }[] = [];
  broken = 0;
  readonly #ceiling: number;
  #bucket: number;
  #filledAt = 0;

  constructor(ceiling: number) {
    this.#ceiling = ceiling;
    this.#bucket = ceiling;
    this.pace = beginning(ceiling, 0);
  }

  ask(callId: string, wanted: number, critical = false) {
    const { pace, grant } = takeShare(this.pace, { callId, critical, wanted }, this.now);
    this.pace = pace;
    this.#leaves(callId, grant.slots);
    return grant;
  }

  answer(): number {
    const { pace, waitMs } = takeAnswer(this.pace, this.now);
    this.pace = pace;
    if (waitMs === 0) this.#leaves("answer", 1);
    return waitMs;
  }

  /** Lets broadcasts ask as they do, each again when it was told to, for `ms`. */
  run(
    ms: number,
    calls: Readonly<Record<string, { readonly critical?: boolean; readonly late?: () => number }>>,
  ): void {
    const end = this.now + ms;
    const next = new Map(Object.keys(calls).map((callId) => [callId, this.now]));
    for (;;) {
      const [first] = [...next].sort(([, a], [, b]) => a - b);
      if (!first || first[1] > end) break;
      const [callId, at] = first;
      this.now = Math.max(this.now, at);
      const { againMs } = this.ask(callId, 10_000, calls[callId]?.critical);
      next.set(callId, this.now + againMs + (calls[callId]?.late?.() ?? 0));
    }
    this.now = end;
  }

  sentBy(who: string): number {
    return this.left.filter((one) => one.who === who).reduce((sum, { slots }) => sum + slots, 0);
  }

  #leaves(who: string, slots: number): void {
    if (slots === 0) return;
    this.left.push({ at: this.now, who, slots });
    const filled = this.#bucket + ((this.now - this.#filledAt) / SECOND) * this.#ceiling;
    this.#bucket = Math.min(this.#ceiling, filled) - slots;
    this.#filledAt = this.now;
    if (this.#bucket < -0.001) this.broken += 1;
  }
}

/** Alarms that ring so many milliseconds late, one after another. */
function lateness(delays: number[] = [0, 21, 7, 30, 14]): () => number {
  return () => {
    delays.push(delays.shift() ?? 0);
    return delays[0] ?? 0;
  };
}

/** Lets so many ask at nearly the same time, and each again when it is told to, until it is let go, with a wait of 0. How often each asked. */
function crowd(line: Line, size: number, ask: (who: number) => number): readonly number[] {
  const asks = new Array<number>(size).fill(0);
  const waiting = asks.map((_, who) => ({ who, at: line.now + who }));
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    line.now = Math.max(line.now, next.at);
    asks[next.who] = (asks[next.who] ?? 0) + 1;
    const waitMs = ask(next.who);
    if (waitMs > 0) waiting.push({ who: next.who, at: line.now + waitMs });
    waiting.sort((a, b) => a.at - b.at);
  }
  return asks;
}

describe("the pace of a bot", () => {
  it.each([1, 30, 1000])(
    "of %i a second is used to at least 98 %% by one broadcast, and never broken",
    (ceiling) => {
      const line = new Line(ceiling);

      line.run(120 * SECOND, { news: {} });

      expect(line.sentBy("news") / (120 * ceiling)).toBeGreaterThanOrEqual(0.98);
      expect(line.broken).toBe(0);
    },
  );

  it("is used as fully where alarms ring up to a quarter of a second late", () => {
    const line = new Line(30);

    line.run(120 * SECOND, { news: { late: lateness([0, 40, 250, 10, 120]) } });

    expect(line.sentBy("news") / (120 * 30)).toBeGreaterThanOrEqual(0.98);
    expect(line.broken).toBe(0);
  });

  it.each([2, 10, 11, 12, 30, 60, 100, 300])(
    "is used by %i calls at once to at least nine tenths, and none starves",
    (size) => {
      const line = new Line(30);
      const late = lateness();
      const calls = Array.from({ length: size }, (_, at) => [`call ${at}`, { late }] as const);

      line.run(120 * SECOND, Object.fromEntries(calls));

      const each = calls.map(([callId]) => line.sentBy(callId));
      expect(each.reduce((sum, sent) => sum + sent, 0) / (120 * 30)).toBeGreaterThanOrEqual(0.9);
      expect(Math.min(...each) / Math.max(...each)).toBeGreaterThan(0.8);
      expect(line.broken).toBe(0);
    },
  );

  it("of one a second is shared by two calls, and both get theirs", () => {
    const line = new Line(1);
    const late = lateness();

    line.run(120 * SECOND, { one: { late }, two: { late } });

    expect(Math.min(line.sentBy("one"), line.sentBy("two"))).toBeGreaterThanOrEqual(0.4 * 120);
  });

  it.each([10, 100, 300])("lets %i calls of one recipient each through that come at once", (size) => {
    const line = new Line(30);

    const asks = crowd(line, size, (who) => {
      const { slots, againMs } = line.ask(`call ${who}`, 1);
      return slots > 0 ? 0 : againMs;
    });

    expect(line.left).toHaveLength(size);
    expect(line.now).toBeLessThan(2 * (size / 30) * SECOND + SECOND);
    expect(asks.reduce((sum, one) => sum + one, 0) / size).toBeLessThan(15);
  });

  it.each([30, 100, 300])(
    "tells each of %i answers at once a time of its own, so that it asks but few times",
    (size) => {
      const line = new Line(30);
      line.now = SECOND;

      const asks = crowd(line, size, () => line.answer());

      expect(Math.max(...asks)).toBeLessThanOrEqual(4);
      expect(line.now).toBeLessThan((size / 30) * SECOND + SECOND);
      expect(line.broken).toBe(0);
    },
  );

  it("is shared evenly by calls that want more than there is", () => {
    const line = new Line(30);

    line.run(60 * SECOND, { one: {}, two: {}, three: {} });

    const each = ["one", "two", "three"].map((callId) => line.sentBy(callId));
    expect(Math.min(...each) / Math.max(...each)).toBeGreaterThan(0.95);
    expect(each.reduce((sum, sent) => sum + sent) / (60 * 30)).toBeGreaterThanOrEqual(0.97);
  });

  it("goes wholly to a critical call as long as that wants it", () => {
    const line = new Line(30);
    line.run(10 * SECOND, { news: {} });
    const before = line.sentBy("news");

    line.run(20 * SECOND, { news: {}, alarm: { critical: true } });

    expect(line.sentBy("alarm") / (20 * 30)).toBeGreaterThan(0.9);
    expect(line.sentBy("news") - before).toBeLessThan(30);
  });

  it("goes back to the others soon after a call has ended", () => {
    const line = new Line(30);
    line.run(10 * SECOND, { one: {}, two: {} });
    const before = line.sentBy("one");

    line.run(20 * SECOND, { one: {} });

    expect((line.sentBy("one") - before) / (20 * 30)).toBeGreaterThan(0.94);
  });

  it("lets answers go at once while a broadcast runs, and makes the broadcast wait for it", () => {
    const line = new Line(30);
    for (let second = 0; second < 60; second += 1) {
      line.run(SECOND, { news: {} });
      for (let answer = 0; answer < 8; answer += 1) expect(line.answer()).toBe(0);
    }

    expect(line.broken).toBe(0);
    expect(line.left.reduce((sum, { slots }) => sum + slots, 0) / (60 * 30)).toBeGreaterThanOrEqual(0.98);
  });

  it("holds everybody back as long as the messenger asks, and then goes slower for a while", () => {
    const line = new Line(30);
    line.run(5 * SECOND, { news: {} });
    line.pace = slowed(line.pace, 10, line.now);
    line.pace = slowed(line.pace, 9, line.now + 500);
    const before = line.left.length;

    line.run(9_900, { news: {} });
    expect(line.answer()).toBeGreaterThan(0);
    expect(line.left).toHaveLength(before);

    line.run(5 * SECOND, { news: {} });
    expect(line.left.length).toBeGreaterThan(before);
    expect(rateAt(line.pace, line.now)).toBeLessThan(30);
    line.run(60 * SECOND, { news: {} });
    expect(rateAt(line.pace, line.now)).toBe(30);
  });

  it("is slowed once by the many messages that were on their way when the messenger said so", () => {
    const once = slowed(beginning(30, 0), 5, 0);
    const often = [1, 2, 3, 4].reduce((pace, at) => slowed(pace, 5, at), once);

    expect(often.slowedTo).toBe(once.slowedTo);
    expect(often.heldUntil).toBe(5_004);
  });

  it("takes another ceiling over at once, up or down", () => {
    const fast = withCeiling(beginning(30, 0), 1000);
    const slow = withCeiling(fast, 10);

    expect(rateAt(fast, 0)).toBe(1000);
    expect(rateAt(slow, 0)).toBe(10);
  });

  it("is never broken, whoever asks when, and whenever the messenger says slow down", () => {
    const deed = fc.oneof(
      fc.record({
        kind: fc.constant("ask" as const),
        who: fc.constantFrom("a", "b", "c"),
        wanted: fc.nat(100),
        critical: fc.boolean(),
      }),
      fc.record({ kind: fc.constant("answer" as const) }),
      fc.record({ kind: fc.constant("slow" as const), seconds: fc.integer({ min: 1, max: 5 }) }),
    );
    const later = fc.tuple(fc.nat(700), deed);

    fc.assert(
      fc.property(fc.constantFrom(1, 5, 30, 200), fc.array(later, { maxLength: 200 }), (ceiling, deeds) => {
        const line = new Line(ceiling);
        for (const [ms, act] of deeds) {
          line.now += ms;
          const sent = line.left.length;
          const isHeld = line.now < line.pace.heldUntil;
          if (act.kind === "ask") line.ask(act.who, act.wanted, act.critical);
          if (act.kind === "answer") line.answer();
          if (act.kind === "slow") line.pace = slowed(line.pace, act.seconds, line.now);
          if (isHeld) expect(line.left).toHaveLength(sent);
        }
        // At one a second, an answer may go one ahead: a burst of two is what Telegram takes there too.
        if (ceiling > 2) expect(line.broken).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});
