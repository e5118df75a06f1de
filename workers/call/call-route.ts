import { contentJson, OpenAPIRoute } from "chanfana";
import type { Context } from "hono";
import { z } from "zod";
import { dialogsOfBot } from "../../communications/bots.ts";
import { sha256 } from "../../contract/digest.ts";
import type { PersonChange } from "../../contract/person-change.ts";
import { isRefusal, type Refusal, refuse } from "../../contract/refusal.ts";
import type { Language } from "../../contract/words.ts";
import type { AnyCommunication } from "../../dialogs/communication.ts";
import { boundedJson, type ReadBody } from "../body.ts";
import { addressed, takesUser } from "./address.ts";
import { audienceOf, changeOf } from "./aim.ts";
import { answerOnce } from "./answer-once.ts";
import type { ApiEnv } from "./authenticate.ts";
import { startCall, startedBefore } from "./call.ts";
import { callBody, changeBody, changeProblems, timeProblems, timesOf } from "./call-body.ts";
import { callResponses } from "./call-responses.ts";
import { dryRun } from "./dry-run.ts";
import { type Answer, httpFailures, invalid, refused } from "./envelope.ts";
import { IdempotencyKey } from "./idempotency-key.ts";
import { limitWeight } from "./limit.ts";
import type { CheckedCall } from "./prepare.ts";
import { mayCall } from "./scopes.ts";
import { LARGEST_CALL, validate } from "./validate.ts";

/** The tag of a communication's operation: its alias up to the first slash. */
export function tagOf(alias: string): string {
  return alias.split("/")[0] ?? alias;
}

/** Gives a communication its address: `POST /api/v1/bots/{botId}/call/{alias}` (requirement 1). */
export function callRoute(communication: AnyCommunication) {
  const body = callBody(communication.params);
  return class extends OpenAPIRoute<[Context<ApiEnv>]> {
    override schema = {
      tags: [tagOf(communication.alias)],
      operationId: communication.alias.replace(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase()),
      summary: communication.summary,
      description: descriptionOf(communication),
      request: {
        headers: z.object({
          "Idempotency-Key": IdempotencyKey.optional().describe(
            "Makes this call once, however often it is sent within 24 hours",
          ),
        }),
        body: {
          ...contentJson(communication.change ? changeBody(communication.params) : body),
          required: true,
        },
      },
      responses: callResponses(communication),
    };

    override async handle(c: Context<ApiEnv>): Promise<Response> {
      const { token, bot } = c.var;
      if (!mayCall(token, communication.alias)) return c.json(httpFailures[403], 403);
      if (!dialogsOfBot(bot.botId).communications.includes(communication))
        return c.json(httpFailures[404], 404);
      return answerCall(c, communication, body);
    }
  };
}

function descriptionOf({ map, params }: AnyCommunication): string {
  const inPlace = takesUser({ params }) ? " In place of `userId`, `personId` or `leadId` may stand." : "";
  return `${map.event}. ${map.communication}. ${map.description}${inPlace}`;
}

async function answerCall(
  c: Context<ApiEnv>,
  communication: AnyCommunication,
  shape: ReturnType<typeof callBody>,
): Promise<Response> {
  const { house, token, bot } = c.var;
  const given = await boundedJson(c.req.raw, LARGEST_CALL);
  const to = await addressed(given, communication, bot.botId, house.db);
  if (isRefusal(to)) return answeredBefore(c, communication, given, to);
  const read = validate(to.body, shape, bot.locale);
  if (!read.ok) return c.json(invalid(read.problems, bot.locale));

  const { script_request_params: params, dryRun: isDry } = read.value;
  const now = house.now();
  const times = timesOf(read.value, now);
  const call = { bot, tokenId: token.id, communication, params, only: to.only, ...times };
  const change = changeOf(call);
  if (to.isFormer && !signsOut(change))
    return answeredBefore(c, communication, given, refuse("user-not-found"));
  const problems = change
    ? changeProblems(read.value, change, now, bot.locale)
    : timeProblems(times, now, bot.locale);
  const wrong = problems.length > 0 ? invalid(problems, bot.locale) : null;
  const over = change ? null : await limitWeight(c, audienceOf(call));
  if (over) return over;
  if (isDry) return c.json(wrong ?? answerOf(await dryRun(call, house), bot.locale));
  return startOnce(c, call, wrong, read.text);
}

/** The answer that a call once got under its key: whoever it named may have signed out since. */
async function answeredBefore(
  c: Context<ApiEnv>,
  { alias }: AnyCommunication,
  given: ReadBody,
  { refused: reason }: Refusal,
): Promise<Response> {
  const text = "text" in given ? given.text : "";
  const otherwise = refused(reason, c.var.bot.locale);
  return answerOnce(c, await sha256(`${alias}\n${text}`), async () => otherwise, otherwise);
}

/** Whether a change is one that is still to be brought to its end where nobody is linked any more. */
function signsOut(change: PersonChange | null): boolean {
  return change?.kind === "disconnect" || change?.kind === "delete";
}

/** Starts a call once for its `Idempotency-Key`. What was answered to a call stands, though its time is over. */
async function startOnce(
  c: Context<ApiEnv>,
  call: CheckedCall,
  wrong: Answer | null,
  text: string,
): Promise<Response> {
  const { house, bot } = c.var;
  const start = async (id: string, isAgain: boolean) => {
    // An id of before: the attempt that it is of may have come as far as the ledger.
    const known = isAgain ? await startedBefore(id, call, house) : null;
    return answerOf(known ?? (await startCall(id, call, house)), bot.locale);
  };
  return answerOnce(c, await sha256(`${call.communication.alias}\n${text}`), start, wrong);
}

function answerOf(done: object | Refusal, language: Language): Answer {
  return isRefusal(done) ? refused(done.refused, language) : { success: true, ...done };
}
