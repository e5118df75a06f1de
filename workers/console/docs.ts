import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { getCookie, setCookie } from "hono/cookie";
import { csrf } from "hono/csrf";
import { secureHeaders } from "hono/secure-headers";
import type { BotProfile } from "../../contract/bot.ts";
import { findToken } from "../../schema/token-check.ts";
import { bearerToken } from "../call/authenticate.ts";
import { httpFailures } from "../call/envelope.ts";
import { mayUseBot } from "../call/scopes.ts";
import type { WorkerEnv } from "../worker-env.ts";
import { docsPage, signInPage } from "./docs-pages.ts";
import { openApiOf } from "./openapi.ts";
import { openSession, tokenOfSession } from "./session.ts";

const COOKIE = "beseda-docs";
/** A form here holds one token. */
const LARGEST_FORM = 4096;

/** The API's documentation (requirement 6): for those who hold a token, of that token's bots only. */
export const docs = new Hono<WorkerEnv>();

docs.use(csrf());
docs.use(bodyLimit({ maxSize: LARGEST_FORM }));
docs.use(
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      // Swagger UI sets styles on its elements and draws its signs as data.
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", "data:"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: "no-referrer",
  }),
);

docs.get("/", async (c) => {
  const token = await tokenOfSession(getCookie(c, COOKIE), c.var.house);
  if (!token) return c.html(signInPage(false));
  const found = await Promise.all(token.bots.map((botId) => c.var.house.bots.find(botId)));
  const bots = found.filter((bot): bot is BotProfile => bot !== null);
  const chosen = bots.find(({ botId }) => botId === c.req.query("bot")) ?? bots[0];
  return chosen ? c.html(docsPage(chosen, bots)) : c.html(signInPage(true), 403);
});

docs.post("/sign-in", async (c) => {
  const { token: given } = await c.req.parseBody();
  const { house } = c.var;
  const token =
    typeof given === "string" ? await findToken(house.db, given.trim(), new Date(house.now())) : null;
  if (!token) return c.html(signInPage(true), 401);
  const secure = new URL(c.req.url).protocol === "https:";
  setCookie(c, COOKIE, await openSession(token, house), {
    httpOnly: true,
    sameSite: "Strict",
    secure,
    path: "/api",
  });
  return c.redirect("/api/docs");
});

docs.post("/sign-out", (c) => {
  setCookie(c, COOKIE, "", { maxAge: 0, path: "/api" });
  return c.redirect("/api/docs");
});

/** `GET /api/v1/bots/{botId}/openapi.json`, by the docs' session or by a token. */
export async function openApiJson(c: Context<WorkerEnv>): Promise<Response> {
  const { house } = c.var;
  const given = bearerToken(c.req.header("Authorization"));
  const token = given
    ? await findToken(house.db, given, new Date(house.now()))
    : await tokenOfSession(getCookie(c, COOKIE), house);
  if (!token) return c.json(httpFailures[401], 401);
  const botId = c.req.param("botId") ?? "";
  const bot = mayUseBot(token, botId) ? await house.bots.find(botId) : null;
  if (!bot) return c.json(httpFailures[403], 403);
  return c.json(openApiOf(bot, new URL(c.req.url).origin));
}
