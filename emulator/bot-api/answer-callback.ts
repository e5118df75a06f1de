import { z } from "zod";
import { Flag, type Method, readParams, Text } from "./call.ts";
import { badRequest } from "./error.ts";

/** Bot API: 0–200 characters. */
const LONGEST_ANSWER = 200;

const Params = z.looseObject({
  callback_query_id: Text.optional(),
  text: Text.optional(),
  show_alert: Flag.optional(),
  url: z.string().optional(),
});

/** Bot API: answerCallbackQuery; once, and only while the query lives. */
export const answerCallbackQuery: Method = (world, call) => {
  const { callback_query_id, text, show_alert, url } = readParams(Params, call);
  const query = world.store.callbacks.find(callback_query_id ?? "");
  const expired = !query || world.now() - query.createdAt >= world.callbackLifetime;
  if (expired || query.answer || query.bot !== call.bot.id) {
    throw badRequest("query is too old and response timeout expired or query ID is invalid");
  }
  if ((text?.length ?? 0) > LONGEST_ANSWER) throw badRequest("MESSAGE_TOO_LONG");

  const answer = { text: text || undefined, show_alert: show_alert ?? false, url: url || undefined };
  world.store.callbacks.answer(query.id, answer);
  const told = { type: "answer", bot: call.bot.username, callback_query_id: query.id, ...answer } as const;
  world.phones.publish(query.user, told);
  return { result: true };
};
