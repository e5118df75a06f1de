import type { ExportedHandler } from "@cloudflare/workers-types";
import { Bot, webhookCallback } from "grammy";
import type { UserFromGetMe } from "grammy/types";
import { words } from "../../communications/account/words.ts";
import { dialogsOfBot } from "../../communications/bots.ts";
import { htmlSource } from "../../contract/html.ts";

/** What the bench gives this Worker. */
interface BareEnv {
  readonly TELEGRAM_API_ROOT: string;
  readonly BOT_TOKEN: string;
  /** What `getMe` would answer, as JSON: asking for it would cost the first message a request. */
  readonly BOT_INFO: string;
  readonly WEBHOOK_SECRET: string;
}

/** Bot API requests of one invocation under way at once: a Worker in production has no more connections. */
const CONNECTIONS = 6;

/** As long as what Beseda answers, of which the commands are a part. */
const COMMANDS = dialogsOfBot("1").commands.map(({ command, summary }) => `/${command} — ${summary.ru}`);
const HELP = htmlSource(words.helpText(COMMANDS.join("\n")).ru);

type Handle = (request: Request) => Promise<Response>;

let handle: Handle | null = null;
let bot: Bot | null = null;

/** The least that answers: no state, no log, no order, nothing kept when it crashes. */
export default {
  async fetch(request, env) {
    bot ??= bareBot(env);
    const { pathname } = new URL(request.url);
    if (pathname === "/healthz") return Response.json({ ok: true });
    if (pathname === "/broadcast") {
      const { chats, text } = (await request.json()) as { chats: number[]; text: string };
      await sendAll(bot, chats, text);
      return new Response("sent");
    }
    handle ??= webhookCallback(bot, "cloudflare-mod", { secretToken: env.WEBHOOK_SECRET });
    return handle(request);
  },
} satisfies ExportedHandler<BareEnv>;

function bareBot(env: BareEnv): Bot {
  const made = new Bot(env.BOT_TOKEN, {
    botInfo: JSON.parse(env.BOT_INFO) as UserFromGetMe,
    client: { apiRoot: env.TELEGRAM_API_ROOT },
  });
  made.command("help", (ctx) =>
    ctx.reply(HELP, { parse_mode: "HTML", link_preview_options: { is_disabled: true } }),
  );
  return made;
}

async function sendAll({ api }: Bot, chats: readonly number[], text: string): Promise<void> {
  const left = [...chats];
  const lane = async () => {
    for (let chat = left.pop(); chat !== undefined; chat = left.pop()) await api.sendMessage(chat, text);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, lane));
}
