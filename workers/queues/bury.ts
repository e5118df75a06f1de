import type { DeadLetter } from "../../contract/dead-letter.ts";
import type { OutcomeRecord } from "../../contract/ports.ts";
import type { House } from "../house.ts";

/** Puts a dead letter by for each recipient who was given up: what became of them, why, and what caused it. */
export async function buryFailed(
  botId: string,
  lines: readonly Pick<OutcomeRecord, "callId" | "seq" | "outcome">[],
  house: House,
): Promise<void> {
  const letters = lines
    .filter(({ outcome }) => outcome.state === "failed")
    .map(({ callId, seq, outcome: { reason = "unknown", cause = null } }) => {
      return { kind: "delivery", botId, callId, seq, reason, cause } as const;
    });
  if (letters.length > 0) await house.bury(letters);
}

/** The dead letter of a message of a queue that has not the shape it was sent in: trying it again would change nothing. */
export function notUnderstood(queue: string, body: unknown): DeadLetter {
  return { kind: "message", queue, body, reason: "not-understood", cause: null };
}
