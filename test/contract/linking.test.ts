import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideLink, type Linked, type Proof } from "../../contract/linking.ts";
import { linkingTable, withLinkingTable } from "../../scripts/linking/table.ts";
import { linkingCases } from "./linking-cases.ts";

const userIds = fc.constantFrom("1", "2", "3");
const proofs: fc.Arbitrary<Proof> = fc.oneof(
  fc.constantFrom<Proof>(
    { kind: "right" },
    { kind: "expired" },
    { kind: "used" },
    { kind: "burnt" },
    { kind: "unverified" },
  ),
  fc.record({ kind: fc.constant("wrong" as const), attemptsLeft: fc.integer({ min: 1, max: 4 }) }),
);
const linkeds: fc.Arbitrary<Linked | null> = fc.option(
  fc.record({ userId: fc.option(userIds), isBarred: fc.boolean() }),
);
const requests = fc.record({ userId: fc.option(userIds), relink: fc.boolean() });

describe("the linking rules", () => {
  it.each(linkingCases)("decide $decision.kind where the proof is $proof.kind: $#", (one) => {
    const { proof, linked, request, decision } = one;

    expect(decideLink({ proof, linked }, request)).toEqual(decision);
  });

  it("have a case for each way that they can go", () => {
    const ways = new Set(
      linkingCases.map(({ decision }) =>
        decision.kind === "refuse"
          ? decision.reason
          : `${decision.kind} ${"instead" in decision && decision.instead !== null}`,
      ),
    );

    expect([...ways].sort()).toEqual([
      "already-linked false",
      "conflict false",
      "link false",
      "link true",
      "not-linked false",
      "not-verified",
      "pin-burnt",
      "pin-expired",
      "pin-used",
      "pin-wrong",
      "sign-in false",
      "user-blocked",
    ]);
  });

  it("say nothing of anybody, and link nothing, without a right proof, a living BUID and somebody who may", () => {
    fc.assert(
      fc.property(proofs, linkeds, requests, (proof, linked, request) => {
        const mayPass = proof.kind === "right" && linked !== null && !linked.isBarred;
        expect(decideLink({ proof, linked }, request).kind === "refuse").toBe(!mayPass);
      }),
    );
  });

  it("link nobody but the user who is signed in on the site, and in another's place only where that was asked for", () => {
    fc.assert(
      fc.property(linkeds, requests, (linked, request) => {
        const decision = decideLink({ proof: { kind: "right" }, linked }, request);
        if (decision.kind === "link") {
          expect(decision.userId).toBe(request.userId);
          expect(decision.instead).toBe(linked?.userId);
          expect(decision.instead === null || request.relink).toBe(true);
        }
        if (decision.kind === "sign-in")
          expect([decision.userId, request.userId]).toEqual([linked?.userId, null]);
      }),
    );
  });

  it("stand in the documentation as they are", () => {
    const document = readFileSync("docs/site-developer.md", "utf8");

    expect(withLinkingTable(document, linkingTable(linkingCases))).toBe(document);
  });
});
