import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchesOf } from "../../workers/queues/send-all.ts";

describe("messages on their way into a queue", () => {
  it("go in groups of at most 100 and 256 KB, none lost and in order", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(120_000), { maxLength: 300 }), (sizes) => {
        const bodies = sizes.map((size, at) => ({ at, text: "x".repeat(size) }));

        const batches = batchesOf(bodies);

        expect(batches.flat()).toEqual(bodies);
        for (const batch of batches) {
          expect(batch.length).toBeLessThanOrEqual(100);
          expect(JSON.stringify(batch).length).toBeLessThanOrEqual(256_000);
        }
      }),
      { numRuns: 30 },
    );
  });
});
