import { webhookSecret } from "../../channels/telegram/webhook-secret.ts";
import { setWebhook } from "../telegram/webhook.ts";
import type { DevelopmentSecrets } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import { demoBot } from "./world.ts";

/** Tells the Bot API where this start's Worker listens. */
export async function setDemoWebhook(settings: Settings, secrets: DevelopmentSecrets): Promise<void> {
  await setWebhook({
    botApi: settings.botApi,
    token: demoBot.token,
    url: `${settings.urls.worker}/telegram/${demoBot.id}`,
    secret: await webhookSecret(secrets.SEALING_KEY, demoBot.id),
  });
}
