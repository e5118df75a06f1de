import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { within } from "../../contract/within.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("waiting for an answer", () => {
  it("gives what comes in time, and leaves no clock running", async () => {
    expect(await within(1_000, "A friend", Promise.resolve("hello"))).toBe("hello");
    await expect(within(1_000, "A friend", Promise.reject(new Error("no")))).rejects.toThrow("no");

    expect(vi.getTimerCount()).toBe(0);
  });

  it("ends when the time is over, and lets go what comes later", async () => {
    const { promise, reject } = Promise.withResolvers<never>();
    const waited = expect(within(1_000, "A friend", promise)).rejects.toMatchObject({
      code: "unanswered",
      message: "A friend did not answer within 1000 ms",
    });

    await vi.advanceTimersByTimeAsync(1_000);
    reject(new Error("too late"));

    await waited;
  });
});
