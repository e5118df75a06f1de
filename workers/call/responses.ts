import { contentJson } from "chanfana";
import { z } from "zod";
import { DELIVERY_STATES } from "../../contract/delivery.ts";
import { RecipientCounts } from "../../schema/audience.ts";
import { httpFailures } from "./envelope.ts";

/** An id of the main system in an answer. */
const WireId = z.union([z.int(), z.string()]);

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

/** What a call may answer. */
export const callResponses = {
  "200": {
    description: "Accepted, or refused with a reason",
    ...contentJson(
      z.union([z.object({ success: z.literal(true), callId: z.uuid(), recipients: RecipientCounts }), No]),
    ),
  },
  ...failures,
};

const states = Object.fromEntries(DELIVERY_STATES.map((state) => [state, z.int()])) as Record<
  (typeof DELIVERY_STATES)[number],
  z.ZodInt
>;

/** What the report of a call may answer. */
export const reportResponses = {
  "200": {
    description: "How far the call is, and what became of a page of its recipients",
    ...contentJson(
      z.union([
        z.object({
          success: z.literal(true),
          callId: z.string(),
          alias: z.string(),
          createdAt: z.iso.datetime(),
          finishedAt: z.iso.datetime().nullable(),
          states: z.object(states),
          recipients: z.array(
            z.object({
              userId: WireId,
              state: z.enum(DELIVERY_STATES),
              reason: z.string().nullable(),
              updatedAt: z.iso.datetime(),
            }),
          ),
          nextCursor: z.string().nullable(),
        }),
        No,
      ]),
    ),
  },
  ...failures,
};
