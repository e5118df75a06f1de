import type { Context } from "hono";
import type { ApiEnv } from "./authenticate.ts";
import { type Answer, invalid } from "./envelope.ts";
import { IdempotencyKey } from "./idempotency-key.ts";
import { once, replayed } from "./idempotent.ts";
import { check } from "./validate.ts";

/**
 * Answers a request, once for its `Idempotency-Key`, if it has one.
 * @param bodyHash tells whether two requests under one key are the same
 * @param act is given the request's id: another attempt at the same request has the same
 * @param wrong what is wrong with the request by now; an answer that its key once got stands all the same
 */
export async function answerOnce(
  c: Context<ApiEnv>,
  bodyHash: string,
  act: (requestId: string, isAgain: boolean) => Promise<Answer>,
  wrong: Answer | null = null,
): Promise<Response> {
  const { house, token, bot } = c.var;
  const requestId = crypto.randomUUID();
  const given = c.req.header("Idempotency-Key");
  if (given === undefined) return c.json(wrong ?? (await act(requestId, false)));

  const key = check(IdempotencyKey, given, bot.locale, ["Idempotency-Key"]);
  if (!key.ok) return c.json(invalid(key.problems, bot.locale));
  const keyed = {
    tokenId: token.id,
    botId: bot.botId,
    key: key.value,
    bodyHash,
    callId: requestId,
    now: new Date(house.now()),
  };
  const { answer, isReplayed } = wrong
    ? await replayed(house.db, keyed, wrong)
    : await once(house.db, keyed, bot.locale, (id) => act(id, id !== requestId));
  if (isReplayed) c.header("Idempotent-Replayed", "true");
  return c.json(answer);
}
