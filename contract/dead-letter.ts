import { z } from "zod";

/** Something that could not be done and was put aside: what, why, and all that is needed to do it again. */
export const DeadLetter = z.discriminatedUnion("kind", [
  /** A recipient who was given up. */
  z.object({
    kind: z.literal("delivery"),
    botId: z.string(),
    callId: z.string(),
    seq: z.number(),
    reason: z.string(),
    cause: z.string().nullable(),
  }),
  /** A message of a queue that could not be handled. */
  z.object({
    kind: z.literal("message"),
    queue: z.string(),
    body: z.unknown(),
    reason: z.string(),
    cause: z.string().nullable(),
  }),
]);

/** Something that could not be done and was put aside. */
export type DeadLetter = z.infer<typeof DeadLetter>;
