import { OpenAPIRoute } from "chanfana";
import type { Context } from "hono";
import { z } from "zod";
import type { ApiEnv } from "../authenticate.ts";
import { answers, WireTime } from "../responses.ts";
import { seenAliases } from "../scopes.ts";
import { healthOf, PROBLEMS } from "./health.ts";

const Webhook = z.object({
  state: z.enum(["known", "unknown"]).describe("`unknown` where the messenger did not answer in time"),
  isSet: z.boolean().optional(),
  pendingUpdates: z.int().optional().describe("Updates that wait to be brought"),
  lastErrorAt: WireTime.nullish(),
  lastErrorMessage: z.string().nullish(),
});

const Pace = z.object({
  ceiling: z.number().describe("Most messages a second, by the bot's settings"),
  perSecond: z.number().describe("Messages a second that are tried now"),
  heldUntil: WireTime.nullable().describe("Until when the messenger has us send nothing"),
  calls: z.int().describe("Calls that are being sent"),
});

/** `GET …/health`: how the bot fares. */
export class HealthRoute extends OpenAPIRoute<[Context<ApiEnv>]> {
  override schema = {
    tags: ["health"],
    operationId: "health",
    summary: "How the bot fares",
    description:
      "The webhook as the messenger sees it, the send rate, the queue, calls that have an end to come, and what could not be done.",
    responses: answers("How the bot fares; `problems` says what is wrong", {
      ok: z.boolean(),
      problems: z.array(z.enum(PROBLEMS)),
      webhook: Webhook,
      pace: Pace.nullable().describe("`null` where it could not be asked"),
      queueAgeMs: z.int().nullable().describe("How long the last recipients waited in the queue"),
      deadLetters: z
        .int()
        .nullable()
        .describe("Those of this bot that wait for somebody to send them again or put them away"),
      calls: z
        .object({ scheduled: z.int(), resolving: z.int(), running: z.int(), paused: z.int() })
        .nullable()
        .describe("Of the aliases that the token may call"),
    }),
  };

  override async handle(c: Context<ApiEnv>): Promise<Response> {
    const { house, bot, token } = c.var;
    return c.json({ success: true, ...(await healthOf(bot, seenAliases(token), house)) });
  }
}
