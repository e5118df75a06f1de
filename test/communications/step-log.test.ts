import { describe, expect, it } from "vitest";
import {
  hasDone,
  MOST_RESULTS,
  ONE_BEGUN,
  type Paper,
  StepLog,
} from "../../durable-objects/conversation/step-log.ts";

/** What was written down, the last of it. */
function paper(): Paper & { text: string | null } {
  return {
    text: null,
    write(log) {
      this.text = log;
    },
    undone() {
      this.text = null;
    },
  };
}

describe("the log of a step", () => {
  it("has what an effect came to on paper before the next one leaves", () => {
    const kept = paper();
    const log = new StepLog(kept);
    log.begin(0, "repeat");
    log.finish(0, '{"value":1}');
    log.begin(1, "repeat");

    const again = new StepLog(kept, kept.text);

    expect([again.find(0), again.find(1), again.find(2)]).toEqual([
      { result: '{"value":1}', isRead: false },
      { result: null, isRead: false },
      null,
    ]);
  });

  it("knows what only looked something up, also on paper", () => {
    const kept = paper();
    const log = new StepLog(kept);
    log.begin(0, "read");
    log.finish(0, '{"value":1}');
    const looked = hasDone(log.text);
    const begun = [hasDone(kept.text), hasDone(new StepLog(paper(), kept.text).text)];
    log.begin(1, "assume");

    expect([...begun, looked, hasDone(kept.text)]).toEqual([false, false, false, true]);
    expect([hasDone(null), hasDone(ONE_BEGUN), hasDone('{"0":null}')]).toEqual([false, true, true]);
  });

  it("is blank once its only effect is undone", () => {
    const kept = paper();
    const log = new StepLog(kept);
    log.begin(0, "repeat");
    log.forget(0);

    expect([kept.text, log.isBegun]).toEqual([null, false]);
  });

  it("keeps results up to a limit, and fits a row however they are written", () => {
    const kept = paper();
    const log = new StepLog(kept);
    const half = '"'.repeat(MOST_RESULTS / 2);
    for (const at of [0, 1]) {
      log.begin(at, "repeat");
      log.finish(at, half);
    }
    log.begin(2, "repeat");

    expect(() => log.finish(2, "1")).toThrow("262144 characters");
    expect(new TextEncoder().encode(kept.text ?? "").length).toBeLessThan(2_000_000);
    expect(new TextEncoder().encode(JSON.stringify("ы".repeat(MOST_RESULTS))).length).toBeLessThan(2_000_000);
  });

  it("that today's code can't read is none to go on from", () => {
    expect(() => new StepLog(paper(), '{"0":null}')).toThrow("has not its shape");
  });
});
