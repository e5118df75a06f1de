import { contentJson, OpenAPIRoute } from "chanfana";
import type { Context } from "hono";
import { z } from "zod";
import { mapsOfBot } from "../../communications/bots.ts";
import { maps } from "../../communications/registry.ts";
import { hmac } from "../../contract/digest.ts";
import { errorFacts } from "../../contract/errors.ts";
import { isRefusal } from "../../contract/refusal.ts";
import type { Language } from "../../contract/words.ts";
import { boundedJson } from "../body.ts";
import { answerOnce } from "../call/answer-once.ts";
import type { ApiEnv } from "../call/authenticate.ts";
import { type Answer, httpFailures, invalid, refused } from "../call/envelope.ts";
import { IdempotencyKey } from "../call/idempotency-key.ts";
import { answers, tooMany } from "../call/responses.ts";
import { mayCall } from "../call/scopes.ts";
import { TooMany } from "../call/too-many.ts";
import { LARGEST_CALL, validate } from "../call/validate.ts";
import type { AnyEndpoint, Reply } from "./endpoint.ts";

/** The tag of these operations. */
export const LINKING_TAG = "linking";

const NO_DRY_RUN = {
  ru: "Этот вызов нельзя сделать пробным",
  en: "This call can't be tried out",
} as const;

/** Whether a bot has these endpoints: those that have the account map do. */
export function hasLinking(botId: string): boolean {
  return mapsOfBot(botId).includes(maps.account);
}

/** Gives an endpoint its address: `POST /api/v1/bots/{botId}/call/{alias}`, for bots with the account map. */
export function endpointRoute(endpoint: AnyEndpoint) {
  const { alias, summary, description, params, answer, isKept } = endpoint;
  const body = z.object({ script_request_params: params, dryRun: z.boolean().nullish() });
  const headers = z.object({
    "Idempotency-Key": IdempotencyKey.optional().describe(
      "Makes this call once, however often it is sent within 24 hours",
    ),
  });
  return class extends OpenAPIRoute<[Context<ApiEnv>]> {
    override schema = {
      tags: [LINKING_TAG],
      operationId: alias.replace(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase()),
      summary,
      description,
      request: {
        ...(isKept ? { headers } : {}),
        body: { ...contentJson(z.object({ script_request_params: params })), required: true },
      },
      responses: { ...answers("Done, or refused with a reason", answer), ...tooMany },
    };

    override async handle(c: Context<ApiEnv>): Promise<Response> {
      const { token, bot } = c.var;
      if (!mayCall(token, alias)) return c.json(httpFailures[403], 403);
      if (!hasLinking(bot.botId)) return c.json(httpFailures[404], 404);
      const read = validate(await boundedJson(c.req.raw, LARGEST_CALL), body, bot.locale);
      if (!read.ok) return c.json(invalid(read.problems, bot.locale));
      if (read.value.dryRun)
        return c.json(invalid([{ path: "dryRun", message: NO_DRY_RUN[bot.locale] }], bot.locale));
      return answerSite(c, endpoint, read.value.script_request_params, read.text);
    }
  };
}

/** Answers a request that was read; once for its `Idempotency-Key`, where the endpoint keeps its answers. */
async function answerSite(
  c: Context<ApiEnv>,
  endpoint: AnyEndpoint,
  params: unknown,
  text: string,
): Promise<Response> {
  const { token, bot, house } = c.var;
  const { alias, isKept } = endpoint;
  const afterwards = (work: Promise<unknown>) =>
    c.executionCtx.waitUntil(
      work.catch((error: unknown) => house.log("afterwards-failed", { alias, ...errorFacts(error) })),
    );
  const answer = async (requestId: string) =>
    answerOf(await endpoint.act({ params, bot, token, house, requestId, afterwards }), bot.locale);
  try {
    if (!isKept) return c.json(await answer(crypto.randomUUID()));
    // Under the key of the house: a PIN stands in the body, and a plain hash of six digits hides nothing.
    return await answerOnce(c, await hmac(house.sealingKey, `${alias}\n${text}`), answer);
  } catch (error) {
    if (!(error instanceof TooMany)) throw error;
    return c.json(httpFailures[429], 429, { "Retry-After": String(error.retryAfterSeconds) });
  }
}

function answerOf(reply: Reply, language: Language): Answer {
  if (!isRefusal(reply)) return { success: true, ...reply };
  const { refused: reason, ...said } = reply;
  return { ...refused(reason, language), ...said };
}
