import type { Rule } from "./rule.ts";

/**
 * How far a call is. `scheduled`: its time has not come. `resolving`: its audience, given by a rule, is being walked.
 * `running`: recipients are told. `paused`: held until resumed. `cancelled` and `finished`: nobody is told any more;
 * a redrive makes it `running` again.
 */
export const CALL_STATES = ["scheduled", "resolving", "running", "paused", "cancelled", "finished"] as const;

/** How far a call is. */
export type CallState = (typeof CALL_STATES)[number];

/** A call that was accepted, as its broadcast sees it. */
export interface AcceptedCall {
  readonly callId: string;
  readonly botId: string;
  readonly alias: string;
  /** What `prepare` returned, as JSON text. */
  readonly data: string;
  /** Whether it goes before others, and to those who want quiet. */
  readonly critical: boolean;
  /** When to begin; `null` is at once. Milliseconds since 1970, like all below. */
  readonly sendAt: number | null;
  /** After this nobody is told any more. */
  readonly expiresAt: number | null;
  /** Whether its audience is a rule whose walk is not through. */
  readonly isResolving: boolean;
  readonly state: CallState;
}

/**
 * Whom a call tells: users of the main system, persons, leads, or everybody whom a rule fits. The three are the ways in
 * which a main system may keep who somebody is (requirement 40).
 */
export type Audience =
  | { readonly userIds: readonly string[] }
  | { readonly personIds: readonly number[]; readonly except?: readonly string[] }
  | LeadAudience
  | { readonly rule: Rule };

/** The chats of leads. */
export interface LeadAudience {
  readonly leadIds: readonly number[];
  /** Users who are left out. */
  readonly except?: readonly string[];
  /** The user who is meant, where one is: nobody else is told who may be in the chat by then. */
  readonly userId?: string;
  /** Whether those are told too who are blocked: of a change of themselves. Not unless it says so. */
  readonly evenBarred?: boolean;
}

/** Which leads of a person are told: the one where they were last active, or all of them. */
export const LEADS_TOLD = ["recent", "all"] as const;

/** Which leads of a person are told. */
export type LeadsTold = (typeof LEADS_TOLD)[number];
