import { z } from "zod";
import { Outcome } from "../../../contract/delivery.ts";
import type { KeptLetter } from "../../../schema/dead-letter-box.ts";
import { QUEUES } from "../../queues/names.ts";
import { WireTime } from "../responses.ts";

/** A dead letter in an answer. */
export const letterAnswer = z.object({
  id: z.string(),
  kind: z
    .enum(["delivery", "message"])
    .describe("A recipient who was given up, or a message of a queue that could not be handled"),
  reason: z.string(),
  cause: z.string().nullable().describe("The error's code and what it says"),
  createdAt: WireTime,
  redrivenAt: WireTime.nullable().describe("When it was put on its way again"),
  dismissedAt: WireTime.nullable().describe("When it was put away"),
  callId: z.string().optional(),
  seq: z.int().optional().describe("Number of the recipient in the call"),
  queue: z.string().optional(),
  body: z
    .looseObject({})
    .optional()
    .describe("Of the message, which call and which recipients it is of; absent where it does not say"),
});

/** What may be shown of a queue's message: nothing that tells who somebody is. */
const shownBodies: Readonly<Record<string, z.ZodType<object>>> = {
  [QUEUES.deliveries]: z
    .object({ callId: z.string(), recipients: z.array(z.object({ seq: z.int() })) })
    .transform(({ callId, recipients }) => ({ callId, seqs: recipients.map(({ seq }) => seq) })),
  [QUEUES.records]: z.object({ callId: z.string(), seq: z.int(), outcome: Outcome }),
};

/** A dead letter as it is answered. */
export function shownLetter({
  id,
  letter,
  botId,
  createdAt,
  redrivenAt,
  dismissedAt,
}: KeptLetter): z.input<typeof letterAnswer> {
  const { kind, reason, cause } = letter;
  const what =
    letter.kind === "delivery"
      ? { callId: letter.callId, seq: letter.seq }
      : { queue: letter.queue, ...(botId === null ? {} : shownBody(letter.queue, letter.body)) };
  return {
    id,
    kind,
    reason,
    cause,
    createdAt: createdAt.toISOString(),
    redrivenAt: redrivenAt?.toISOString() ?? null,
    dismissedAt: dismissedAt?.toISOString() ?? null,
    ...what,
  };
}

function shownBody(queue: string, body: unknown): { readonly body?: Record<string, unknown> } {
  const shown = shownBodies[queue]?.safeParse(body).data;
  return shown ? { body: { ...shown } } : {};
}
