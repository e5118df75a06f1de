import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Fault, takeFault } from "../../emulator/traffic/faults.ts";
import { Peak } from "../../emulator/traffic/peak.ts";
import { SendLimiter, TELEGRAM_LIMITS } from "../../emulator/traffic/send-limiter.ts";

describe("SendLimiter", () => {
  const to = (chat: number, paid = false) => ({ bot: 1, chat, paid });

  it("lets a burst into a chat, then one a second", () => {
    const limiter = new SendLimiter(TELEGRAM_LIMITS);

    const burst = Array.from({ length: 6 }, () => limiter.take(to(1), 0));
    const later = [limiter.take(to(1), 1000), limiter.take(to(1), 1000)];

    expect(burst.map((leave) => leave.ok)).toEqual([true, true, true, true, true, false]);
    expect(burst[5]).toEqual({ ok: false, by: "chat", retryAfter: 1 });
    expect(later.map((leave) => leave.ok)).toEqual([true, false]);
  });

  it("counts a bot's chats together, and paid messages by themselves", () => {
    const limiter = new SendLimiter(TELEGRAM_LIMITS);

    const first = Array.from({ length: 31 }, (_, chat) => limiter.take(to(chat), 0));
    const paid = Array.from({ length: 1001 }, (_, chat) => limiter.take(to(1000 + chat, true), 0));

    expect(first.filter((leave) => leave.ok)).toHaveLength(30);
    expect(first[30]).toEqual({ ok: false, by: "bot", retryAfter: 1 });
    expect(paid.filter((leave) => leave.ok)).toHaveLength(1000);
  });

  it("has no limit where it is null", () => {
    const limiter = new SendLimiter({ ...TELEGRAM_LIMITS, perBot: null, perChat: null });

    expect(Array.from({ length: 500 }, () => limiter.take(to(1), 0)).every((leave) => leave.ok)).toBe(true);
  });

  it("never lets through more than the rate and a second's worth at once", () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 300 });
    fc.assert(
      fc.property(gaps, (waits) => {
        const limiter = new SendLimiter({ ...TELEGRAM_LIMITS, perChat: null });
        let now = 0;
        let passed = 0;
        for (const wait of waits) {
          now += wait;
          if (limiter.take(to(1), now).ok) passed += 1;
        }
        expect(passed).toBeLessThanOrEqual(30 + Math.ceil((now / 1000) * 30));
      }),
      { numRuns: 50 },
    );
  });
});

describe("takeFault", () => {
  const fault = (more: Partial<Fault>): Fault => ({ times: 1, ...more });

  it("strikes the method and the user it is for, as often as ordered", () => {
    const faults = [fault({ method: "sendMessage", user: 127, times: 2 })];

    const other = takeFault(faults, { method: "sendMessage", user: 1707 });
    const first = takeFault(faults, { method: "SENDMESSAGE", user: 127 });
    const second = takeFault(first.left, { method: "sendMessage", user: 127 });

    expect(other.struck).toBeNull();
    expect([first.struck, second.struck]).toHaveLength(2);
    expect(second.left).toEqual([]);
  });

  it("takes the oldest first and keeps endless ones", () => {
    const faults = [fault({ status: 500 }), fault({ status: 502, times: null })];

    const first = takeFault(faults, { method: "getMe", user: null });
    const second = takeFault(first.left, { method: "getMe", user: null });

    expect(first.struck?.status).toBe(500);
    expect(second.struck?.status).toBe(502);
    expect(second.left).toHaveLength(1);
  });
});

describe("Peak", () => {
  it("finds the busiest second wherever it begins", () => {
    const peak = new Peak();

    for (const at of [0, 900, 950, 1000, 1850, 3000]) peak.count(at);

    expect(peak.most).toBe(4);
  });
});
