import type { LinkRefusal } from "./linking.ts";

/**
 * An expected "no" of a call. The word is stable (it is the answer's `errorCode`); add one here and the compiler
 * points at the table of words that must say it to a person.
 */
export type RefusalReason =
  | "post-not-found"
  | "user-not-found"
  | "order-not-found"
  | "request-not-found"
  | "call-not-found"
  | "call-finished"
  | "call-expired"
  | "nothing-failed"
  | "dead-letter-not-found"
  | "already-redriven"
  | "queue-unknown"
  | "conversation-unreached"
  | "system-unavailable"
  | "system-refused"
  | "data-too-large"
  | LinkRefusal
  | "linked-to-another"
  | "link-expired"
  | "init-data-invalid"
  | "lead-not-found";

/** An expected "no", returned and not thrown. */
export interface Refusal {
  readonly refused: RefusalReason;
}

/** Says an expected "no". */
export function refuse(reason: RefusalReason): Refusal {
  return { refused: reason };
}

/** Whether `value` is an expected "no". */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === "object" && value !== null && "refused" in value;
}
