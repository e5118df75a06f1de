import { contentJson } from "chanfana";
import { z } from "zod";
import { DELIVERY_STATES, type DeliveryState } from "../../contract/delivery.ts";
import { httpFailures } from "./envelope.ts";

/** An id of the main system in an answer. */
export const WireId = z.union([z.int(), z.string()]);

/** A time in an answer. */
export const WireTime = z.iso.datetime();

/** How many recipients are in each state. */
export const StateCounts = z.object(
  Object.fromEntries(DELIVERY_STATES.map((state) => [state, z.int()])) as Record<DeliveryState, z.ZodInt>,
);

const Problem = z.object({ path: z.string(), message: z.string() });

/** A "no" on 200: a business error, or one of the parameters (requirement 4). */
const No = z.object({
  success: z.literal(false),
  errorCode: z.union([z.int(), z.string()]).optional(),
  message: z.string(),
  errors: z.array(Problem).optional(),
});

const failure = (status: keyof typeof httpFailures) => ({
  description: httpFailures[status].message,
  ...contentJson(z.object({ success: z.literal(false), message: z.string() })),
});

/** What every operation may answer beside 200 (requirement 5). */
const failures = { "401": failure(401), "403": failure(403), "404": failure(404), "500": failure(500) };

/** What an operation may answer: one of the shapes of a "yes", each with `success`, or a "no" with its reason. */
export function answers(description: string, ...yes: readonly z.ZodRawShape[]) {
  const shapes = yes.map((shape) => z.object({ success: z.literal(true), ...shape }));
  return { "200": { description, ...contentJson(z.union([...shapes, No])) }, ...failures };
}

/** Beside them, what an operation answers whose calls are counted. */
export const tooMany = {
  "429": {
    ...failure(429),
    headers: z.object({ "Retry-After": z.string().describe("Seconds until the token may call again") }),
  },
};
