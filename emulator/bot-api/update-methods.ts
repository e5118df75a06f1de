import { z } from "zod";
import { present } from "../present.ts";
import type { World } from "../world.ts";
import { type Call, Flag, json, type Method, type Reply, readParams, Whole, words } from "./call.ts";
import { BotApiError, badRequest } from "./error.ts";

/** Bot API: 40 unless told otherwise. */
const USUAL_CONNECTIONS = 40;
const MOST_CONNECTIONS = 100;
/** Bot API: `getUpdates` waits 50 s at most. */
const LONGEST_POLL = 50;

const AllowedUpdates = json(z.array(z.string()).optional());

const WebhookParams = z.looseObject({
  url: z.string().optional(),
  secret_token: z
    .string()
    .max(256, words("secret token is too long"))
    .regex(/^[\w-]*$/, words("secret token contains unallowed characters"))
    .optional(),
  allowed_updates: AllowedUpdates,
  max_connections: Whole.optional(),
  drop_pending_updates: Flag.optional(),
});

/** Bot API: setWebhook. Plain HTTP is taken: the local world has no certificates. */
export const setWebhook: Method = (world, call) => {
  const params = readParams(WebhookParams, call);
  if (!params.url) return removeWebhook(world, call, params.drop_pending_updates ?? false);
  if (!/^https?:\/\//i.test(params.url) || !URL.canParse(params.url)) {
    throw badRequest("bad webhook: invalid webhook URL specified");
  }
  if (params.drop_pending_updates) world.outbox.drop(call.bot.id);

  const { webhook: before, allowed_updates } = call.bot;
  const connections = Math.min(MOST_CONNECTIONS, Math.max(1, params.max_connections ?? USUAL_CONNECTIONS));
  const webhook = {
    url: params.url,
    secret_token: params.secret_token || undefined,
    max_connections: connections,
  };
  world.store.bots.change(call.bot.id, {
    webhook,
    allowed_updates: wanted(params.allowed_updates, allowed_updates),
  });
  const same = before?.url === webhook.url && before.secret_token === webhook.secret_token;
  if (same) world.outbox.wake(call.bot.id);
  else world.outbox.refill(call.bot.id);
  return { result: true, description: same ? "Webhook is already set" : "Webhook was set" };
};

/** Bot API: deleteWebhook. */
export const deleteWebhook: Method = (world, call) => {
  const params = readParams(WebhookParams.pick({ drop_pending_updates: true }), call);
  return removeWebhook(world, call, params.drop_pending_updates ?? false);
};

function removeWebhook(world: World, { bot }: Call, drop: boolean): Reply {
  world.store.bots.change(bot.id, { webhook: null });
  if (drop) world.outbox.drop(bot.id);
  else world.outbox.refill(bot.id);
  return { result: true, description: bot.webhook ? "Webhook was deleted" : "Webhook is already deleted" };
}

/** Bot API: an empty list is the usual kinds again, none at all leaves things as they were. */
function wanted(given: string[] | undefined, before: readonly string[] | null): readonly string[] | null {
  if (given === undefined) return before;
  return given.length === 0 ? null : given;
}

/** Bot API: getWebhookInfo. */
export const getWebhookInfo: Method = (world, { bot }) => {
  const { url = "", max_connections, last_error_date, last_error_message } = bot.webhook ?? {};
  return {
    result: present({
      url,
      has_custom_certificate: false,
      pending_update_count: world.store.updates.count(bot.id),
      last_error_date,
      last_error_message,
      max_connections,
      allowed_updates: bot.allowed_updates ?? undefined,
    }),
  };
};

const PollParams = z.looseObject({
  offset: Whole.optional(),
  limit: Whole.optional(),
  timeout: Whole.optional(),
  allowed_updates: AllowedUpdates,
});

/** Bot API: getUpdates, while there is no webhook. A negative offset counts from the end. */
export const getUpdates: Method = async (world, { bot, params }) => {
  if (bot.webhook) {
    throw new BotApiError(
      409,
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    );
  }
  const { offset = 0, limit = 100, timeout = 0, allowed_updates } = readParams(PollParams, { params });
  if (allowed_updates) world.store.bots.change(bot.id, { allowed_updates: wanted(allowed_updates, null) });
  const from = offset < 0 ? (world.store.updates.all(bot.id).at(offset)?.update.update_id ?? 0) : offset;
  const wait = Math.min(LONGEST_POLL, Math.max(0, timeout));
  return { result: await world.outbox.poll(bot.id, from, Math.max(1, limit), wait) };
};
