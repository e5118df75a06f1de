import { PIN_ATTEMPTS, PIN_MS, type PinProof, VERIFIED_MS } from "../../contract/linking.ts";

/** How long back PINs are counted that were given out. */
const HOUR_MS = 60 * 60_000;

/** What an object keeps of the PIN that was given out last. Times are milliseconds since 1970. */
export interface PinState {
  /** Keyed hash of the PIN; `null` where none was given out, or its time is over: nothing is right then. */
  readonly hash: string | null;
  /** Under which name it was given out; `null` where none was. */
  readonly once: string | null;
  /** The lead in whose chat it was; `null` where none was. */
  readonly leadId: number | null;
  readonly expiresAt: number;
  readonly attemptsLeft: number;
  /** The attempt that was right. */
  readonly usedBy: string | null;
  /** Until when the right PIN allows a link; `null` where it was not right yet. */
  readonly verifiedUntil: number | null;
  /** The request that has made that link. */
  readonly linkedBy: string | null;
  /** When PINs were given out, within the last hour. */
  readonly issued: readonly number[];
}

/** What is given out. */
export interface NewPin {
  readonly hash: string;
  /** The same name is the same PIN: asked for again, it is not another one. */
  readonly once: string;
  readonly leadId: number;
  /** Most that are given out an hour. */
  readonly mostAnHour: number;
}

/** What came of giving a PIN out. */
export type Issued =
  | { readonly kind: "opened"; readonly expiresAt: number }
  /** Milliseconds since 1970, when the next may be. */
  | { readonly kind: "too-many"; readonly until: number };

/** What is kept afterwards, and what is answered. */
type After<Answer> = { readonly state: PinState; readonly answer: Answer };

/**
 * Gives a PIN out in place of the one before, whatever became of that; a BUID that was verified is so no more.
 * @param state `null` where nothing is kept
 */
export function issuePin(state: PinState | null, pin: NewPin, now: number): After<Issued> {
  const { once, hash, leadId, mostAnHour } = pin;
  if (state?.once === once) return { state, answer: { kind: "opened", expiresAt: state.expiresAt } };
  const issued = (state?.issued ?? []).filter((at) => at > now - HOUR_MS);
  const oldest = issued.at(-mostAnHour);
  if (state && oldest !== undefined) return { state, answer: { kind: "too-many", until: oldest + HOUR_MS } };
  const fresh = { ...unknownPin(now), hash, once, leadId, issued: [...issued, now] };
  return { state: fresh, answer: { kind: "opened", expiresAt: fresh.expiresAt } };
}

/**
 * What an object keeps that never gave out a PIN, once somebody tries one: it counts and expires like any other, so that
 * nobody learns by trying which BUIDs there are.
 */
export function unknownPin(now: number): PinState {
  return {
    hash: null,
    once: null,
    leadId: null,
    expiresAt: now + PIN_MS,
    attemptsLeft: PIN_ATTEMPTS,
    usedBy: null,
    verifiedUntil: null,
    linkedBy: null,
    issued: [],
  };
}

/** What an entered PIN comes to. An attempt that was right is right again, as often as it is repeated. */
export function tryPin(
  before: PinState | null,
  { hash, attempt }: { readonly hash: string; readonly attempt: string },
  now: number,
): After<PinProof> {
  const state = before ?? unknownPin(now);
  const isRight = sameHash(state.hash ?? "", hash);
  if (state.usedBy !== null) {
    const isAgain = state.usedBy === attempt && isRight && now < (state.verifiedUntil ?? 0);
    return { state, answer: { kind: isAgain ? "right" : "used" } };
  }
  if (state.attemptsLeft === 0) return { state, answer: { kind: "burnt" } };
  if (now >= state.expiresAt) return { state: withoutPin(state), answer: { kind: "expired" } };
  if (isRight)
    return {
      state: { ...state, usedBy: attempt, verifiedUntil: now + VERIFIED_MS },
      answer: { kind: "right" },
    };
  const attemptsLeft = state.attemptsLeft - 1;
  return {
    state: { ...state, attemptsLeft },
    answer: attemptsLeft === 0 ? { kind: "burnt" } : { kind: "wrong", attemptsLeft },
  };
}

/** Whether the BUID is verified, for this request: a right PIN is good for one link. */
export function isVerified({ verifiedUntil, linkedBy }: PinState, by: string, now: number): boolean {
  return verifiedUntil !== null && now < verifiedUntil && (linkedBy === null || linkedBy === by);
}

/** What is kept at a time: nothing of a PIN whose time is over; `null` where nothing is worth keeping any more. */
export function pinAt(state: PinState, now: number): PinState | null {
  if (now >= lastUse(state)) return null;
  return now >= state.expiresAt && now >= (state.verifiedUntil ?? 0) ? withoutPin(state) : state;
}

/** When something of it changes next by itself; milliseconds since 1970. */
export function nextChange(state: PinState, now: number): number {
  const times = [state.expiresAt, state.verifiedUntil ?? 0].filter((time) => time > now);
  return times.length > 0 ? Math.min(...times) : lastUse(state);
}

/**
 * Until then it matters that a PIN was given out, and what became of it: for an hour it counts. What never was given out
 * is kept as long: forgotten sooner, it would be told from a PIN that has expired.
 */
function lastUse({ expiresAt, verifiedUntil }: PinState): number {
  return Math.max(expiresAt - PIN_MS + HOUR_MS, verifiedUntil ?? 0);
}

/** The same, with nothing that could be right. */
export function withoutPin(state: PinState): PinState {
  return { ...state, hash: null };
}

/** Whether two hashes are the same, in a time that tells nothing about where they differ. */
function sameHash(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (let at = 0; at < one.length; at += 1) difference |= one.charCodeAt(at) ^ other.charCodeAt(at);
  return difference === 0;
}
