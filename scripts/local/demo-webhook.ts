import { webhookSecret } from "../../channels/telegram/webhook-secret.ts";
import { listCommands } from "../telegram/commands.ts";
import { setWebhook } from "../telegram/webhook.ts";
import type { DevelopmentSecrets } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import { demoBot } from "./world.ts";

/** Tells the Bot API where this start's Worker listens, and the bot's commands. */
export async function setDemoWebhook(settings: Settings, secrets: DevelopmentSecrets): Promise<void> {
  const bot = { botApi: settings.botApi, token: demoBot.token };
  await listCommands(bot, demoBot.id);
  await setWebhook({
    ...bot,
    url: `${settings.urls.worker}/telegram/${demoBot.id}`,
    secret: await webhookSecret(secrets.SEALING_KEY, demoBot.id),
  });
}
