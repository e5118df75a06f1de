import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { getCookie, setCookie } from "hono/cookie";
import { csrf } from "hono/csrf";
import { secureHeaders } from "hono/secure-headers";
import { z } from "zod";
import { documentsOfBot } from "../../communications/map/documents-of-bot.ts";
import { mapMarkdown } from "../../communications/map/markdown.ts";
import { findToken } from "../../schema/token-check.ts";
import { bearerToken } from "../call/authenticate.ts";
import { httpFailures } from "../call/envelope.ts";
import { mayUseBot } from "../call/scopes.ts";
import type { WorkerEnv } from "../worker-env.ts";
import { docsPage } from "./docs-page.ts";
import { mapPage } from "./map-page.ts";
import { openApiOf } from "./openapi.ts";
import { type Html, pageOf } from "./page.ts";
import { openSession, tokenOfSession } from "./session.ts";
import { signInPage } from "./sign-in-page.ts";
import { COOKIE, type View, viewOf } from "./view.ts";

/** A form here holds one token, and the page to go on to. */
const LARGEST_FORM = 4096;

const HOME = "/api/docs";

/** Where one may go on to after signing in: the pages here, and nowhere else. */
const Next = z.string().regex(/^\/api\/docs(\/map)?(\?bot=[\w%.~-]+)?$/);

const SignIn = z.object({ token: z.string().trim(), next: Next.catch(HOME) });

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

docs.get("/", (c) => show(c, ({ bot, bots }) => docsPage(bot, bots)));

docs.get("/map", (c) => show(c, ({ bot, bots }) => mapPage(documentsOfBot(bot.botId), bot, bots)));

docs.get("/map.md", async (c) => {
  const view = await viewOf(c);
  const { origin, search } = new URL(c.req.url);
  // A page can ask for the token, a file can't.
  if (typeof view === "string") return c.redirect(`${HOME}/map${search}`);
  const { bot } = view;
  const place = { title: `Communication maps of @${bot.username}`, docs: `${origin}${pageOf("docs", bot)}` };
  return c.body(mapMarkdown(documentsOfBot(bot.botId), { ...place, code: null }), 200, {
    "Content-Type": "text/markdown; charset=utf-8",
    "Content-Disposition": 'attachment; filename="communication-map.md"',
  });
});

docs.post("/sign-in", async (c) => {
  const given = SignIn.safeParse(await c.req.parseBody());
  const { house } = c.var;
  const token = given.success ? await findToken(house.db, given.data.token, new Date(house.now())) : null;
  const next = given.data?.next ?? HOME;
  if (!token) return c.html(signInPage(next, true), 401);
  const secure = new URL(c.req.url).protocol === "https:";
  setCookie(c, COOKIE, await openSession(token, house), {
    httpOnly: true,
    sameSite: "Strict",
    secure,
    path: "/api",
  });
  return c.redirect(next);
});

docs.post("/sign-out", (c) => {
  setCookie(c, COOKIE, "", { maxAge: 0, path: "/api" });
  return c.redirect(HOME);
});

/** A page for those who are signed in; others are asked for a token, and come back to it. */
async function show(c: Context<WorkerEnv>, draw: (view: View) => Html): Promise<Response> {
  const view = await viewOf(c);
  const { pathname, search } = new URL(c.req.url);
  if (view === "signed-out") return c.html(signInPage(Next.catch(HOME).parse(`${pathname}${search}`)));
  if (view === "no-bots") return c.html(signInPage(HOME, true), 403);
  return c.html(draw(view));
}

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
