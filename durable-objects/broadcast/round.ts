/** What a broadcast keeps between its alarms. */
export interface Progress {
  /** The last recipient queued in this round; -1 before the first. */
  readonly cursor: number;
  /** Whether this round puts recipients into the queue, or only looks how far they are. */
  readonly queueing: boolean;
  /** How many were under way at the last look. */
  readonly left: number;
  /** Looks in a row at which nobody had moved. */
  readonly still: number;
  /** When the broadcast began; milliseconds since 1970. */
  readonly since: number;
}

/** What a broadcast does after a look at the ledger. */
export type AfterLook =
  | { readonly kind: "finish" }
  | { readonly kind: "abandon" }
  | { readonly kind: "wait"; readonly ms: number; readonly next: Progress }
  | { readonly kind: "queue-again"; readonly next: Progress };

const FIRST_LOOK_MS = 2_000;
const LONGEST_WAIT_MS = 30 * 60 * 1000;
/** Conversations give up after a day; what is under way after two is nobody's any more. */
const PATIENCE_MS = 48 * 60 * 60 * 1000;
/** Looks without progress before the queue is taken to have lost what is missing. */
const STILL_LOOKS = 3;

/** A broadcast that has not begun to queue. */
export function beginning(now: number): Progress {
  return { cursor: -1, queueing: true, left: Number.MAX_SAFE_INTEGER, still: 0, since: now };
}

/**
 * Decides what to do after counting who is under way. The queue is a means, not the truth: where nobody has moved
 * for some looks, those under way are queued again, and a conversation knows a delivery that it had before.
 */
export function afterLook(progress: Progress, left: number, now: number): AfterLook {
  if (left === 0) return { kind: "finish" };
  if (now - progress.since > PATIENCE_MS) return { kind: "abandon" };
  const still = left < progress.left ? 0 : progress.still + 1;
  const next = { ...progress, left, still };
  if (still > 0 && still % STILL_LOOKS === 0) {
    return { kind: "queue-again", next: { ...next, cursor: -1, queueing: true } };
  }
  return { kind: "wait", ms: waitMs(still), next };
}

/** How long to wait for the next look when nobody has moved for `still` looks. */
export function waitMs(still: number): number {
  return Math.min(FIRST_LOOK_MS * 2 ** Math.min(still, 20), LONGEST_WAIT_MS);
}
