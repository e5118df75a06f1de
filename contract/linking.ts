/** Lifetime of a PIN (design, "Linking"; requirement 54), in milliseconds. */
export const PIN_MS = 10 * 60_000;

/** Wrong PINs that one PIN bears before it is burnt. */
export const PIN_ATTEMPTS = 5;

/** After a right PIN its BUID may be linked for so long, in milliseconds, and once. */
export const VERIFIED_MS = 15 * 60_000;

/** Lifetime of a link from the site into the messenger, in milliseconds. */
export const START_LINK_MS = 10 * 60_000;

/** Longest lifetime of a link without a PIN (requirement 53), in milliseconds. */
export const FORM_LINK_MS = 60 * 60_000;

/** What a PIN came to that was entered. `burnt`: too many were wrong; a right one changes nothing any more. */
export type PinProof =
  | { readonly kind: "right" }
  | { readonly kind: "wrong"; readonly attemptsLeft: number }
  | { readonly kind: "expired" }
  | { readonly kind: "used" }
  | { readonly kind: "burnt" };

/** What whoever asks for a link has to show: a PIN, or that one was right a moment ago. */
export type Proof = PinProof | { readonly kind: "unverified" };

/** Who stands behind a BUID, or in the chat that a link was opened in. */
export interface Linked {
  /** The user of the main system they are linked to; `null` where there is none yet. */
  readonly userId: string | null;
  /** Whether an administrator has blocked them, or their account is switched off. */
  readonly isBarred: boolean;
}

/** What is known when it is decided about a link. */
export interface LinkState {
  readonly proof: Proof;
  /** `null` where the BUID is nobody's (any more): it is renewed when an account is unlinked. */
  readonly linked: Linked | null;
}

/** What is asked for. */
export interface LinkRequest {
  /** The user who is signed in on the site; `null` where nobody is. */
  readonly userId: string | null;
  /** Whether the person has said that this account is to take the place of the one that is linked. */
  readonly relink: boolean;
}

/** Why nothing is linked and nobody is told who somebody is. */
export type LinkRefusal =
  | "pin-wrong"
  | "pin-expired"
  | "pin-used"
  | "pin-burnt"
  | "not-verified"
  | "user-blocked";

/** What is done. */
export type LinkDecision =
  | { readonly kind: "refuse"; readonly reason: LinkRefusal; readonly attemptsLeft?: number }
  /** The site may sign the person in as this user. */
  | { readonly kind: "sign-in"; readonly userId: string }
  | { readonly kind: "already-linked"; readonly userId: string }
  /** The person has to choose: this account instead, or the one that is linked. */
  | { readonly kind: "conflict"; readonly linkedUserId: string }
  /** Nobody yet, and the site knows nobody either: it looks them up or registers them, and links then. */
  | { readonly kind: "not-linked" }
  /** `instead`: the account whose place it takes. */
  | { readonly kind: "link"; readonly userId: string; readonly instead: string | null };

/**
 * The linking rules (requirements 46-51). Nothing is said of an account, and nothing changed, without a proof; another
 * account is put in the place of a linked one only where the person has said so.
 *
 * The table in docs/site-developer.md is made from the cases that test this.
 */
export function decideLink({ proof, linked }: LinkState, { userId, relink }: LinkRequest): LinkDecision {
  if (proof.kind !== "right") return refusalOf(proof);
  if (!linked) return { kind: "refuse", reason: "pin-expired" };
  if (linked.isBarred) return { kind: "refuse", reason: "user-blocked" };
  if (linked.userId === null)
    return userId === null ? { kind: "not-linked" } : { kind: "link", userId, instead: null };
  if (userId === null) return { kind: "sign-in", userId: linked.userId };
  if (userId === linked.userId) return { kind: "already-linked", userId };
  return relink
    ? { kind: "link", userId, instead: linked.userId }
    : { kind: "conflict", linkedUserId: linked.userId };
}

function refusalOf(proof: Exclude<Proof, { kind: "right" }>): LinkDecision {
  switch (proof.kind) {
    case "wrong":
      return { kind: "refuse", reason: "pin-wrong", attemptsLeft: proof.attemptsLeft };
    case "unverified":
      return { kind: "refuse", reason: "not-verified" };
    default:
      return { kind: "refuse", reason: `pin-${proof.kind}` };
  }
}
