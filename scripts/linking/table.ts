import { markdownTable } from "../../communications/map/markdown-table.ts";
import type { LinkDecision, Linked, LinkRequest, Proof } from "../../contract/linking.ts";

/** A case of the rules, as it is printed. */
interface Case {
  readonly proof: Proof;
  readonly linked: Linked | null;
  readonly request: LinkRequest;
  readonly decision: LinkDecision;
}

const BEGIN = "<!-- linking-table:begin -->";
const END = "<!-- linking-table:end -->";

/** The linking rules as a table of Markdown, one case a row. */
export function linkingTable(cases: readonly Case[]): string {
  return markdownTable(
    ["the PIN", "the bot is linked to", "signed in on the site", "relink", "what happens"].map((title) => ({
      title,
    })),
    cases.map((one) => [
      proofWords(one.proof),
      linkedWords(one.linked),
      one.request.userId ?? "nobody",
      one.request.relink ? "yes" : "no",
      decisionWords(one.decision),
    ]),
  );
}

/** A document with this table between its marks. @throws Error where it has none */
export function withLinkingTable(document: string, table: string): string {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error("The document has no place for the linking table");
  return `${document.slice(0, begin + BEGIN.length)}\n\n${table}\n\n${document.slice(end)}`;
}

function proofWords(proof: Proof): string {
  switch (proof.kind) {
    case "wrong":
      return `wrong, ${proof.attemptsLeft} attempts left`;
    case "unverified":
      return "none was right in the last 15 minutes";
    default:
      return proof.kind;
  }
}

function linkedWords(linked: Linked | null): string {
  if (!linked) return "the BUID is nobody's any more";
  if (linked.userId === null) return "nobody yet";
  return linked.isBarred ? `${linked.userId}, who is blocked` : linked.userId;
}

function decisionWords(decision: LinkDecision): string {
  switch (decision.kind) {
    case "refuse":
      return `refused: \`${decision.reason}\``;
    case "sign-in":
      return `\`linked\`: sign ${decision.userId} in`;
    case "already-linked":
      return "`already-linked`: back to the site";
    case "conflict":
      return `\`conflict\` with ${decision.linkedUserId}: the person chooses`;
    case "not-linked":
      return "`not-linked`: look up, else register, then `link`";
    case "link":
      return decision.instead === null
        ? `\`linked\` to ${decision.userId}`
        : `\`linked\` to ${decision.userId} in place of ${decision.instead}`;
  }
}
