import { contentJson, OpenAPIRoute } from "chanfana";
import type { Context } from "hono";
import { z } from "zod";
import { dialogsOfBot } from "../../communications/bots.ts";
import { sha256 } from "../../contract/digest.ts";
import { isRefusal } from "../../contract/refusal.ts";
import type { AnyCommunication } from "../../dialogs/communication.ts";
import { boundedJson } from "../body.ts";
import type { ApiEnv } from "./authenticate.ts";
import { startCall } from "./call.ts";
import { type Answer, httpFailures, invalid, refused } from "./envelope.ts";
import { once } from "./idempotent.ts";
import { callResponses } from "./responses.ts";
import { mayCall } from "./scopes.ts";
import { check, LARGEST_CALL, validate } from "./validate.ts";

/** The header that makes a repeated call one call. */
const Key = z.string().trim().min(1).max(255);

/** The tag of a communication's operation: its alias up to the first slash. */
export function tagOf(alias: string): string {
  return alias.split("/")[0] ?? alias;
}

/** Gives a communication its address: `POST /api/v1/bots/{botId}/call/{alias}` (requirement 1). */
export function callRoute(communication: AnyCommunication) {
  return class extends OpenAPIRoute<[Context<ApiEnv>]> {
    override schema = {
      tags: [tagOf(communication.alias)],
      operationId: communication.alias.replace(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase()),
      summary: communication.summary,
      description: `${communication.map.event} → ${communication.map.notify}.`,
      request: {
        headers: z.object({
          "Idempotency-Key": Key.optional().describe(
            "Makes this call once, however often it is sent within 24 hours",
          ),
        }),
        body: {
          ...contentJson(z.object({ script_request_params: communication.params })),
          required: true,
        },
      },
      responses: callResponses,
    };

    override async handle(c: Context<ApiEnv>): Promise<Response> {
      const { token, bot } = c.var;
      if (!mayCall(token, communication.alias)) return c.json(httpFailures[403], 403);
      if (!dialogsOfBot(bot.botId).communications.includes(communication))
        return c.json(httpFailures[404], 404);
      return answerCall(c, communication);
    }
  };
}

async function answerCall(c: Context<ApiEnv>, communication: AnyCommunication): Promise<Response> {
  const { house, token, bot } = c.var;
  const language = bot.locale;
  const body = validate(await boundedJson(c.req.raw, LARGEST_CALL), communication.params, language);
  if (!body.ok) return c.json(invalid(body.problems, language));

  const start = async (callId: string): Promise<Answer> => {
    const started = await startCall(
      { callId, bot, tokenId: token.id, communication, params: body.params },
      house,
    );
    return isRefusal(started) ? refused(started.refused, language) : { success: true, ...started };
  };
  const given = c.req.header("Idempotency-Key");
  const callId = crypto.randomUUID();
  if (given === undefined) return c.json(await start(callId));

  const key = check(Key, given, language, ["Idempotency-Key"]);
  if (!key.ok) return c.json(invalid(key.problems, language));
  const call = {
    tokenId: token.id,
    botId: bot.botId,
    key: key.value,
    bodyHash: await sha256(`${communication.alias}\n${body.text}`),
    callId,
    now: new Date(house.now()),
  };
  const { answer, replayed } = await once(house.db, call, language, start);
  if (replayed) c.header("Idempotent-Replayed", "true");
  return c.json(answer);
}
