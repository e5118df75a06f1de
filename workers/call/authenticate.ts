import { createMiddleware } from "hono/factory";
import type { BotProfile } from "../../contract/bot.ts";
import type { ApiToken } from "../../schema/api-tokens.ts";
import { findToken, stampToken } from "../../schema/token-check.ts";
import type { WorkerEnv } from "../worker-env.ts";
import { httpFailures } from "./envelope.ts";
import { mayUseBot, onlyBot } from "./scopes.ts";

/** What a request of the API has once it is let in. */
export interface ApiEnv extends WorkerEnv {
  Variables: WorkerEnv["Variables"] & { token: ApiToken; bot: BotProfile };
}

const BEARER = /^Bearer +(\S+)$/i;

/** The token of an `Authorization` header (requirement 2), if it has one. */
export function bearerToken(header: string | undefined): string | undefined {
  return BEARER.exec(header ?? "")?.[1];
}

/**
 * Lets in who has a token that is good for the bot (requirements 2, 5): 401 without a good token, 403 where it has
 * no right to this bot. A bot that isn't there is one that no token has a right to.
 */
export const authenticate = createMiddleware<ApiEnv>(async (c, next) => {
  const { house } = c.var;
  const now = new Date(house.now());
  const given = bearerToken(c.req.header("Authorization"));
  const token = given ? await findToken(house.db, given, now) : null;
  if (!token) return c.json(httpFailures[401], 401);

  const botId = c.req.param("botId") ?? onlyBot(token);
  const bot = botId !== null && mayUseBot(token, botId) ? await house.bots.find(botId) : null;
  if (!bot) return c.json(httpFailures[403], 403);

  c.set("token", token);
  c.set("bot", bot);
  c.executionCtx.waitUntil(stampToken(house.db, token, now));
  return next();
});
