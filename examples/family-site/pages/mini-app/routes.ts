import { readFileSync } from "node:fs";
import type { Context, Hono, MiddlewareHandler } from "hono";
import { z } from "zod";
import { askBot } from "../../bot/ask.ts";
import { allGoods } from "../../data/goods.ts";
import { ordersOf } from "../../data/orders.ts";
import { findAnyone } from "../../data/users.ts";
import type { Site } from "../../site.ts";
import { formOf } from "../forms.ts";
import type { Html } from "../layout.ts";
import { smallForms } from "../limits.ts";
import { Identified } from "../link/answers.ts";
import { newPinLink } from "../link/page.ts";
import { appPage, appSilent } from "./page.ts";
import { appClosed, appPerson, appRefused, appStranger } from "./person.ts";

const PAGE = "/app";
const SCRIPT = new URL("../assets/app.js", import.meta.url);

/** Telegram in a browser shows Mini Apps in a frame of its own page. */
const TELEGRAM_WEB = "https://web.telegram.org";

/** As long as what Telegram says of a person gets. */
const INIT_DATA_CHARS = 8192;

const Fields = z.object({ initData: z.string().min(1).max(INIT_DATA_CHARS) });

/** A page of the site inside Telegram (Mini App). It opens no session: each time it asks the bot who is looking. */
export function miniAppRoutes(site: Site, pages: Hono): void {
  const script = readFileSync(SCRIPT, "utf8");
  pages.get("/assets/app.js", (c) => {
    c.header("Cache-Control", "no-cache");
    return c.body(script, 200, { "Content-Type": "text/javascript; charset=utf-8" });
  });
  pages.get(PAGE, (c) => c.html(appPage(site.botStartLink)));
  pages.post(`${PAGE}/me`, smallForms(site), async (c) => {
    c.header("Cache-Control", "no-store");
    const fields = Fields.safeParse(await formOf(c));
    return fields.success ? person(site, c, fields.data.initData) : c.html(appRefused(), 422);
  });
}

/** Lets Telegram frame the Mini App's page, and it alone. Goes before what forbids frames, to have the last word. */
export function framedByTelegram({ botLink }: Pick<Site, "botLink">): MiddlewareHandler {
  const ancestors = `frame-ancestors ${TELEGRAM_WEB} ${new URL(botLink).origin}`;
  return async (c, next) => {
    await next();
    const policy = c.res.headers.get("Content-Security-Policy") ?? "";
    c.res.headers.set("Content-Security-Policy", policy.replace(/frame-ancestors [^;]*/, ancestors));
    c.res.headers.delete("X-Frame-Options");
  };
}

async function person(site: Site, c: Context, initData: string): Promise<Response> {
  const answer = await askBot(site, "miniapp/identify", { initData });
  if (answer.kind === "no") {
    // Somebody who never wrote to the bot: it knows them once they do.
    return answer.errorCode === "lead-not-found"
      ? c.html(appStranger("", newPinLink(site)))
      : c.html(appRefused(), 403);
  }
  const identified = answer.kind === "yes" ? Identified.safeParse(answer.answer).data : undefined;
  if (!identified) return c.html(appSilent(), 503);
  return c.html(pageOf(site, identified));
}

function pageOf(site: Site, { userId, leadName }: z.output<typeof Identified>): Html {
  if (userId === null) return appStranger(leadName, newPinLink(site));
  const user = findAnyone(site.db, userId);
  if (!user) return appStranger(leadName, newPinLink(site));
  if (!user.isActive || user.isDeleted) return appClosed();
  return appPerson(user, ordersOf(site.db, user.id), allGoods(site.db));
}
