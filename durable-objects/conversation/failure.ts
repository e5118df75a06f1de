import { CHANNEL_TROUBLES, ChannelBusy, ChannelError, ChannelPaced } from "../../contract/channel-errors.ts";
import type { Outcome } from "../../contract/delivery.ts";
import {
  BrokenData,
  Outdated,
  StorageDown,
  SystemRefused,
  SystemUnavailable,
} from "../../contract/errors.ts";

/** What is to be done about a step that failed. */
export type AfterFailure =
  | {
      readonly kind: "retry";
      /** Milliseconds since 1970. */
      readonly at: number;
      /** Whether nothing can be sent to this chat meanwhile, so that what the person writes has to wait. */
      readonly holdsChat: boolean;
      readonly reason: string;
    }
  | {
      readonly kind: "give-up";
      readonly outcome: Outcome;
      /** Whether to tell the person; there is no way to where the channel is what fails. */
      readonly tell: boolean;
    };

/** A step that could not be played for this long is given up. */
const PATIENCE_MS = 24 * 60 * 60 * 1000;
const SECOND = 1000;
const MINUTE = 60 * SECOND;

// Waits after the first, second, … failure; the last one is repeated.
/** For a messenger that is out of order. A person may be waiting, and their messages with them: none is long. */
const CHANNEL_WAITS = [SECOND, 5 * SECOND, 30 * SECOND, 2 * MINUTE, 5 * MINUTE];
/** For a main system, or a database, that does not answer. */
const SYSTEM_WAITS = [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE];
/** For errors in a dialog's own code, or of the platform: a few times, then it isn't a passing one. */
const CODE_WAITS = [SECOND, 10 * SECOND, MINUTE];

/** The step that failed. */
export interface FailedStep {
  /** How often it failed before. */
  readonly tries: number;
  /** When it was first to be played; milliseconds since 1970. */
  readonly since: number;
  readonly now: number;
}

/** Decides what to do about a step that failed with `error`. */
export function afterFailure(error: unknown, step: FailedStep): AfterFailure {
  if (error instanceof ChannelError) return afterTrouble(error, step);
  if (error instanceof StorageDown) return wait(nth(SYSTEM_WAITS, step.tries), false, error.code, step);
  if (error instanceof SystemUnavailable) return wait(nth(SYSTEM_WAITS, step.tries), false, error.code, step);
  if (error instanceof BrokenData || error instanceof SystemRefused || error instanceof Outdated)
    return giveUp("failed", error.code, true);
  if (step.tries >= CODE_WAITS.length) return giveUp("failed", "step-failed", true);
  return wait(nth(CODE_WAITS, step.tries), false, "step-failed", step);
}

/** What `CHANNEL_TROUBLES` says of it. A person is told only where the messenger would take other words. */
function afterTrouble(error: ChannelError, step: FailedStep): AfterFailure {
  const { retry, state, lead } = CHANNEL_TROUBLES[error.code];
  if (retry === "never") return giveUp(state, error.code, lead === "stays");
  return wait(toldToWait(error) ?? nth(CHANNEL_WAITS, step.tries), true, error.code, step);
}

function toldToWait(error: ChannelError): number | null {
  if (error instanceof ChannelBusy) return error.retryAfter * SECOND;
  return error instanceof ChannelPaced ? error.waitMs : null;
}

function wait(ms: number, holdsChat: boolean, reason: string, step: FailedStep): AfterFailure {
  const at = step.now + ms;
  if (at - step.since > PATIENCE_MS) return giveUp("failed", reason, !holdsChat);
  return { kind: "retry", at, holdsChat, reason };
}

function giveUp(state: Outcome["state"], reason: string, tell: boolean): AfterFailure {
  return { kind: "give-up", outcome: { state, reason }, tell };
}

function nth(waits: readonly number[], tries: number): number {
  return waits[Math.min(tries, waits.length - 1)] ?? MINUTE;
}
