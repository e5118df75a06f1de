import type { AcceptedCall, CallState } from "../../contract/call.ts";
import type { Outcome } from "../../contract/delivery.ts";

/** What a broadcast keeps of where it is. */
export interface Progress {
  readonly state: CallState;
  /** The last recipient of the pages that were wholly put into the queue in this round; -1 before the first. */
  readonly cursor: number;
  /** How often it went through the ledger before: once, unless something was lost or is slow. */
  readonly round: number;
  /** Since when everybody was handed out and only some are not through; milliseconds since 1970, `null` before. */
  readonly lateSince: number | null;
  /** What becomes of those who are not told any more; `null` as long as they are. */
  readonly ending: Outcome | null;
  /** Whether recipients may be out of whom only the process knew that handed them out. */
  readonly isOut: boolean;
}

/** A call as its broadcast keeps it: its data stays in the ledger. */
export type Plan = Omit<AcceptedCall, "data" | "state">;

/** What a broadcast does when its alarm rings. */
export type Next =
  | { readonly kind: "sleep"; readonly until: number | null }
  | { readonly kind: "resolve" }
  | { readonly kind: "expire" }
  | { readonly kind: "send" }
  | { readonly kind: "close"; readonly ending: Outcome };

/** Conversations give up after a day; what is under way after two is nobody's any more. */
const PATIENCE_MS = 48 * 60 * 60 * 1000;
const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** Waits before the next look at those who are still under way; the last is repeated. */
const ROUND_WAITS = [2 * SECOND, 5 * SECOND, 15 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE];
/** Waits after chunks of which nobody could be told, because the messenger is out of order. */
const DOWN_WAITS = [SECOND, 5 * SECOND, 30 * SECOND, 2 * MINUTE, 5 * MINUTE];

/** Where a broadcast begins. */
export function beginning({ state }: AcceptedCall): Progress {
  return { state, cursor: -1, round: 0, lateSince: null, ending: null, isOut: false };
}

/** What is next for a broadcast. */
export function nextFor(
  { sendAt, expiresAt, isResolving }: Plan,
  { state, ending }: Progress,
  now: number,
): Next {
  if (ending) return { kind: "close", ending };
  if (expiresAt !== null && now >= expiresAt) return { kind: "expire" };
  if (state === "paused") return { kind: "sleep", until: expiresAt };
  if (sendAt !== null && now < sendAt) return { kind: "sleep", until: Math.min(sendAt, expiresAt ?? sendAt) };
  return isResolving ? { kind: "resolve" } : { kind: "send" };
}

/** Whether to give up on those who are still under way. */
export function isPastPatience({ lateSince }: Progress, now: number): boolean {
  return lateSince !== null && now - lateSince > PATIENCE_MS;
}

/** How long to wait for the next round, or the next look. */
export function roundWaitMs(round: number): number {
  return nth(ROUND_WAITS, round);
}

/** How long nothing is tried after `downs` chunks in a row of which nobody could be told. */
export function downWaitMs(downs: number): number {
  return downs === 0 ? 0 : nth(DOWN_WAITS, downs - 1);
}

function nth(waits: readonly number[], at: number): number {
  return waits[Math.min(at, waits.length - 1)] ?? MINUTE;
}
