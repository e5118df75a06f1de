import { within } from "../../contract/within.ts";

/** Most messages in one `sendBatch`, and most bytes of them all (Cloudflare Queues: 100, and 256 KB with its own envelope). */
const MOST_MESSAGES = 100;
const MOST_BYTES = 240_000;
/** A queue that takes longer does not answer any more. What it took all the same comes twice, and is known then. */
const LONGEST_MS = 30_000;

/** Puts messages into a queue, in as few goes as its limits allow. */
export async function sendAll(queue: Queue, bodies: readonly unknown[]): Promise<void> {
  for (const batch of batchesOf(bodies)) {
    await within(LONGEST_MS, "A queue", queue.sendBatch(batch.map((body) => ({ body }))));
  }
}

/** Messages in groups that one `sendBatch` takes each, in their order. */
export function batchesOf(bodies: readonly unknown[]): readonly (readonly unknown[])[] {
  const batches: unknown[][] = [];
  let bytes = 0;
  for (const body of bodies) {
    const size = new TextEncoder().encode(JSON.stringify(body)).length;
    const last = batches.at(-1);
    const fits = last && last.length < MOST_MESSAGES && bytes + size <= MOST_BYTES;
    if (fits) last.push(body);
    else batches.push([body]);
    bytes = fits ? bytes + size : size;
  }
  return batches;
}
