import { z } from "zod";
import { Complaint } from "../command.ts";

/** The updates that the Worker takes; Telegram keeps the others to itself. */
const ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"];
const PATIENCE_MS = 20_000;

const Answer = z.union([
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({ ok: z.literal(false), error_code: z.number(), description: z.string() }),
]);

const WebhookInfo = z.object({
  url: z.string(),
  pending_update_count: z.number(),
  ip_address: z.string().optional(),
  last_error_date: z.number().optional(),
  last_error_message: z.string().optional(),
});

/** What Telegram knows of a bot's webhook. */
export type WebhookInfo = z.infer<typeof WebhookInfo>;

/** A bot as the Bot API is asked for it. */
export interface BotAccess {
  readonly botApi: string;
  readonly token: string;
}

/** Points a bot's updates at `url`; Telegram sends `secret` along with each. Throws a `Complaint` if refused. */
export async function setWebhook(bot: BotAccess & { url: string; secret: string }): Promise<void> {
  const { url, secret } = bot;
  await callBotApi(bot, "setWebhook", { url, secret_token: secret, allowed_updates: ALLOWED_UPDATES });
}

/** Asks where a bot's updates go. */
export async function webhookInfo(bot: BotAccess): Promise<WebhookInfo> {
  return WebhookInfo.parse(await callBotApi(bot, "getWebhookInfo", {}));
}

/** Ends the sending of a bot's updates; Telegram keeps them for 24 hours. */
export async function deleteWebhook(bot: BotAccess): Promise<void> {
  await callBotApi(bot, "deleteWebhook", {});
}

/** A command as Telegram lists it behind "/". */
export interface ListedCommand {
  readonly command: string;
  readonly description: string;
}

/** Sets the list of commands; `language` is for those whose app speaks it, without one it is for all others. */
export async function setCommands(
  bot: BotAccess,
  commands: readonly ListedCommand[],
  language?: string,
): Promise<void> {
  await callBotApi(bot, "setMyCommands", { commands, ...(language ? { language_code: language } : {}) });
}

/** Never lets the token into a message: it stands in the address, which errors like to quote. */
async function callBotApi({ botApi, token }: BotAccess, method: string, body: object): Promise<unknown> {
  const answer = Answer.safeParse(await post(`${botApi}/bot${token}/${method}`, body).catch(() => undefined));
  if (!answer.success) throw new Complaint(`No Bot API answers at ${botApi} (${method}).`);
  if (answer.data.ok) return answer.data.result;

  const { error_code, description } = answer.data;
  const advice = error_code === 401 || error_code === 404 ? " Is the bot's token right?" : "";
  throw new Complaint(`Telegram refused ${method}: ${description} (${error_code}).${advice}`);
}

async function post(url: string, body: object): Promise<unknown> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  return answer.json();
}
