import { z } from "zod";
import { Complaint } from "../command.ts";
import { checked, splitArguments } from "../command-line.ts";
import type { BotAccess } from "./webhook.ts";

/** What `npm run webhook` was asked to do. */
export type WebhookCommand =
  | { kind: "set"; bot: BotAccess; origin: string; botId: string; sealingKey: string }
  | { kind: "info"; bot: BotAccess }
  | { kind: "delete"; bot: BotAccess };

const USAGE = `Usage: npm run webhook -- set --url https://<your Worker> [--bot 1]
       npm run webhook -- info
       npm run webhook -- delete
Environment: BOT_TOKEN (always), SEALING_KEY (for set; the Worker's secret), TELEGRAM_API_ROOT (optional)`;

const Kind = z.enum(["set", "info", "delete"], "say what to do: set, info or delete");
const Access = z.object({
  BOT_TOKEN: z
    .string("set it to the bot's token")
    .regex(/^\d+:[\w-]+$/, "is not a bot token (digits:letters)"),
  TELEGRAM_API_ROOT: z.url("is not an address").default("https://api.telegram.org"),
});
const Target = z.object({
  url: z.url("give the Worker's https address"),
  bot: z.string().regex(/^[\w-]{1,64}$/, "is not the id of a bot"),
  SEALING_KEY: z.base64("set it to the Worker's secret of that name (base64)").min(1),
});

/** Reads the command line and the environment. Throws a `Complaint` that never shows the token. */
export function webhookCommandFrom(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): WebhookCommand {
  const options = { url: { type: "string" }, bot: { type: "string", default: "1" } } as const;
  const { values, positionals } = splitArguments(args, options, USAGE);
  if (positionals.length > 1) throw new Complaint(`Too many words: ${positionals.join(" ")}\n\n${USAGE}`);

  const kind = checked(Kind, positionals[0], USAGE);
  const { BOT_TOKEN, TELEGRAM_API_ROOT } = checked(Access, env, USAGE);
  const bot = { botApi: TELEGRAM_API_ROOT.replace(/\/+$/, ""), token: BOT_TOKEN };
  if (kind !== "set") return { kind, bot };

  const target = checked(Target, { ...values, SEALING_KEY: env.SEALING_KEY }, USAGE);
  return { kind, bot, origin: originOf(target.url), botId: target.bot, sealingKey: target.SEALING_KEY };
}

/** Telegram's own servers take https alone; an emulator on this machine takes plain http. */
function originOf(url: string): string {
  const { protocol, hostname, origin } = new URL(url);
  const isHere = hostname === "localhost" || hostname === "127.0.0.1";
  if (protocol === "https:" || (protocol === "http:" && isHere)) return origin;
  throw new Complaint(`Telegram sends updates to https addresses alone, not to ${url}.`);
}
