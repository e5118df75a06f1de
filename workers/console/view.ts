import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import type { BotProfile } from "../../contract/bot.ts";
import type { WorkerEnv } from "../worker-env.ts";
import { tokenOfSession } from "./session.ts";

/** The cookie of the docs' session. */
export const COOKIE = "beseda-docs";

/** What somebody who is signed in looks at: a bot, and all bots that their token is for. */
export interface View {
  readonly bot: BotProfile;
  readonly bots: readonly BotProfile[];
}

/**
 * The bot that the address asks for with `?bot=`, or the first there is, of those that the session's token is for.
 * "signed-out" where there is no session, "no-bots" where none of the token's bots is there any more.
 */
export async function viewOf(c: Context<WorkerEnv>): Promise<View | "signed-out" | "no-bots"> {
  const { house } = c.var;
  const token = await tokenOfSession(getCookie(c, COOKIE), house);
  if (!token) return "signed-out";
  const found = await Promise.all(token.bots.map((botId) => house.bots.find(botId)));
  const bots = found.filter((bot): bot is BotProfile => bot !== null);
  const bot = bots.find(({ botId }) => botId === c.req.query("bot")) ?? bots[0];
  return bot ? { bot, bots } : "no-bots";
}
