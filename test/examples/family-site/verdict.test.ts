import { describe, expect, it } from "vitest";
import { judge, nextTry } from "../../../examples/family-site/bot/verdict.ts";

const answer = (status: number, body: unknown, retryAfter: string | null = null) =>
  judge(
    { kind: "answer", status, retryAfter, body: typeof body === "string" ? body : JSON.stringify(body) },
    0,
  );

describe("judge", () => {
  it("takes a success without recipients, or with ones it cannot read, for a success", () => {
    expect(answer(200, { success: true })).toEqual({ kind: "sent", recipients: null });
    expect(answer(200, { success: true, recipients: "many" })).toEqual({ kind: "sent", recipients: null });
  });

  it("tries again what the bot could not ask us, or not all chats know of; else a no is a no", () => {
    for (const errorCode of [409, "system-unavailable", "conversation-unreached"])
      expect(answer(200, { success: false, errorCode })).toMatchObject({ kind: "later" });
    expect(answer(200, { success: false, errorCode: "user-not-found" })).toMatchObject({ kind: "refused" });
  });

  it("does not believe a 200 that is not the bot's", () => {
    expect(answer(200, "<html>proxy</html>")).toMatchObject({ kind: "later" });
  });

  it("reads the wait that was asked for, in seconds or as a date, a day at most", () => {
    expect(answer(429, {}, "30")).toMatchObject({ kind: "later", askedWaitMs: 30_000 });
    expect(answer(503, {}, "Thu, 01 Jan 1970 00:01:00 GMT")).toMatchObject({ askedWaitMs: 60_000 });
    expect(answer(429, {}, "999999999")).toMatchObject({ askedWaitMs: 86_400_000 });
    expect(answer(429, {}, "soon")).toMatchObject({ askedWaitMs: null });
  });

  it("cuts a message that would not fit under a post", () => {
    const verdict = answer(400, { success: false, message: "а".repeat(5000) });

    expect(verdict.kind === "refused" && verdict.message.length).toBe(300);
  });
});

describe("nextTry", () => {
  const notice = { attempts: 0, now: 0, deadlineAt: 86_400_000, askedWaitMs: null };

  it("waits twice as long each time, five minutes at most", () => {
    const waits = [0, 1, 2, 8, 9, 500].map((attempts) => nextTry({ ...notice, attempts }));

    expect(waits).toEqual([1000, 2000, 4000, 256_000, 300_000, 300_000]);
  });

  it("tries a last time at the deadline and never after it", () => {
    expect(nextTry({ ...notice, now: 86_399_999 })).toBe(86_400_000);
    expect(nextTry({ ...notice, now: 86_400_000 })).toBeNull();
  });
});
