import { hmac } from "../../contract/digest.ts";

/**
 * The secret that Telegram sends with every update of a bot (Bot API: setWebhook, `secret_token`). Derived, so that
 * checking it costs no look-up.
 */
export function webhookSecret(sealingKey: string, botId: string): Promise<string> {
  return hmac(sealingKey, `telegram-webhook/${botId}`);
}
