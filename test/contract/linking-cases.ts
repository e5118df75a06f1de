import type { LinkDecision, Linked, LinkRequest, Proof } from "../../contract/linking.ts";

/** A case of the linking rules: what is known, what is asked, what is decided. */
export interface LinkingCase {
  readonly proof: Proof;
  readonly linked: Linked | null;
  readonly request: LinkRequest;
  readonly decision: LinkDecision;
}

const right = { kind: "right" } as const;
const nobodyYet: Linked = { userId: null, isBarred: false };
const linkedTo127: Linked = { userId: "127", isBarred: false };
const barred: Linked = { userId: "127", isBarred: true };

const asks = (userId: string | null, relink = false): LinkRequest => ({ userId, relink });

/** The cases that test the rules; the table in docs/site-developer.md is made of them. */
export const linkingCases: readonly LinkingCase[] = [
  {
    proof: { kind: "wrong", attemptsLeft: 4 },
    linked: linkedTo127,
    request: asks(null),
    decision: { kind: "refuse", reason: "pin-wrong", attemptsLeft: 4 },
  },
  {
    proof: { kind: "expired" },
    linked: linkedTo127,
    request: asks(null),
    decision: { kind: "refuse", reason: "pin-expired" },
  },
  {
    proof: { kind: "used" },
    linked: linkedTo127,
    request: asks(null),
    decision: { kind: "refuse", reason: "pin-used" },
  },
  {
    proof: { kind: "burnt" },
    linked: linkedTo127,
    request: asks(null),
    decision: { kind: "refuse", reason: "pin-burnt" },
  },
  {
    proof: { kind: "unverified" },
    linked: linkedTo127,
    request: asks("127", true),
    decision: { kind: "refuse", reason: "not-verified" },
  },
  {
    proof: right,
    linked: null,
    request: asks("127"),
    decision: { kind: "refuse", reason: "pin-expired" },
  },
  {
    proof: right,
    linked: barred,
    request: asks(null),
    decision: { kind: "refuse", reason: "user-blocked" },
  },
  {
    proof: right,
    linked: barred,
    request: asks("1707", true),
    decision: { kind: "refuse", reason: "user-blocked" },
  },
  { proof: right, linked: nobodyYet, request: asks(null), decision: { kind: "not-linked" } },
  {
    proof: right,
    linked: nobodyYet,
    request: asks("127"),
    decision: { kind: "link", userId: "127", instead: null },
  },
  {
    proof: right,
    linked: linkedTo127,
    request: asks(null),
    decision: { kind: "sign-in", userId: "127" },
  },
  {
    proof: right,
    linked: linkedTo127,
    request: asks("127"),
    decision: { kind: "already-linked", userId: "127" },
  },
  {
    proof: right,
    linked: linkedTo127,
    request: asks("1707"),
    decision: { kind: "conflict", linkedUserId: "127" },
  },
  {
    proof: right,
    linked: linkedTo127,
    request: asks("1707", true),
    decision: { kind: "link", userId: "1707", instead: "127" },
  },
];
