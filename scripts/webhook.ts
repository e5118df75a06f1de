import { webhookSecret } from "../channels/telegram/webhook-secret.ts";
import { runCommand } from "./command.ts";
import { listCommands } from "./telegram/commands.ts";
import { deleteWebhook, setWebhook, type WebhookInfo, webhookInfo } from "./telegram/webhook.ts";
import { type WebhookCommand, webhookCommandFrom } from "./telegram/webhook-command.ts";

async function main(): Promise<void> {
  const command = webhookCommandFrom(process.argv.slice(2), process.env);
  console.log(await carryOut(command));
}

async function carryOut(command: WebhookCommand): Promise<string> {
  switch (command.kind) {
    case "set": {
      const secret = await webhookSecret(command.sealingKey, command.botId);
      const url = `${command.origin}/telegram/${command.botId}`;
      await setWebhook({ ...command.bot, url, secret });
      await listCommands(command.bot, command.botId);
      return `Telegram now sends the bot's updates to ${url}.`;
    }
    case "info":
      return inWords(await webhookInfo(command.bot));
    case "delete":
      await deleteWebhook(command.bot);
      return "Telegram no longer sends the bot's updates; it keeps new ones for 24 hours.";
  }
}

function inWords(info: WebhookInfo): string {
  if (info.url === "") return `No webhook is set; ${info.pending_update_count} updates wait.`;

  const lines = [`Updates go to ${info.url}; ${info.pending_update_count} wait.`];
  if (info.last_error_message) {
    const when = info.last_error_date
      ? new Date(info.last_error_date * 1_000).toISOString()
      : "some time ago";
    lines.push(`The last failure was at ${when}: ${info.last_error_message}`);
  }
  return lines.join("\n");
}

if (import.meta.main) await runCommand(main);
