import type { Webhook } from "../store/bots.ts";
import type { Update } from "../store/pending-updates.ts";

/** How long a webhook may take to answer, ms. */
const ANSWER_TIME = 30_000;

/** Brings an update to a webhook. Gives `null`, or what `getWebhookInfo` shows as `last_error_message`. */
export async function bring(update: Update, webhook: Webhook, closing: AbortSignal): Promise<string | null> {
  const secret = webhook.secret_token;
  try {
    const answer = await fetch(webhook.url, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        ...(secret === undefined ? {} : { "X-Telegram-Bot-Api-Secret-Token": secret }),
      },
      body: JSON.stringify(update),
      redirect: "manual",
      signal: AbortSignal.any([closing, AbortSignal.timeout(ANSWER_TIME)]),
    });
    await answer.arrayBuffer();
    return answer.ok ? null : `Wrong response from the webhook: ${answer.status} ${answer.statusText}`.trim();
  } catch (error) {
    return networkTrouble(error);
  }
}

function networkTrouble(error: unknown): string {
  if (!(error instanceof Error)) return "Connection failed";
  if (error.name === "TimeoutError") return "Read timeout expired";
  const code = (error.cause as { code?: unknown } | undefined)?.code;
  if (code === "ECONNREFUSED") return "Connection refused";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "Failed to resolve host";
  return `Connection failed: ${typeof code === "string" ? code : error.message}`;
}
