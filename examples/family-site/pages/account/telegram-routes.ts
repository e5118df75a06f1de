import type { Context, Hono } from "hono";
import { z } from "zod";
import { askBot, type BotAnswer } from "../../bot/ask.ts";
import { isUnlinking } from "../../change-standing.ts";
import type { User } from "../../data/users.ts";
import type { Site } from "../../site.ts";
import { guestHint, signedIn } from "../guest.ts";
import { smallForms } from "../limits.ts";
import { sessionKey, sessionUser } from "../session.ts";
import { fragment, type PageStatus, show } from "../show.ts";
import { counted } from "../words.ts";
import { type StartLinks, startLinks } from "./start-links.ts";
import { TELEGRAM_PAGE, telegramLive, telegramPage, telegramProblem, telegramState } from "./telegram.ts";

const WANTED = { inOrderTo: "подключить Telegram", back: "/profile" };

/** What `link/start` answers. The address becomes a link on a page: it may be no `javascript:`. */
const Started = z.looseObject({
  url: z.url({ protocol: /^https?$/ }),
  expiresAt: z.iso.datetime({ offset: true }).transform((at) => Date.parse(at)),
});

/** Connecting one's Telegram from the site: a one-time link that opens the bot, and a page that waits for it. */
export function telegramRoutes(site: Site, pages: Hono): void {
  const links = startLinks();
  pages.use(`${TELEGRAM_PAGE}/*`, async (c, next) => {
    await next();
    c.header("Cache-Control", "no-store");
  });
  pages.get(
    TELEGRAM_PAGE,
    signedIn(site, WANTED, (c, user) => page(site, c, telegramLive(user, linkOf(site, c, links, user)))),
  );
  pages.get(`${TELEGRAM_PAGE}/live`, (c) => {
    const user = sessionUser(site, c);
    if (!user) return fragment(c, guestHint(site, WANTED));
    return fragment(c, telegramState(user, linkOf(site, c, links, user)));
  });
  pages.post(
    TELEGRAM_PAGE,
    smallForms(site),
    signedIn(site, WANTED, (c, user) => start(site, c, links, user)),
  );
}

/** Asks the bot for a link and goes on to the page that shows it. */
async function start(site: Site, c: Context, links: StartLinks, user: User): Promise<Response> {
  const session = sessionKey(c);
  if (user.botConnected || session === null) return c.redirect(TELEGRAM_PAGE, 303);
  // Heard later than the new connection, it would end that one.
  if (isUnlinking(site, user.id)) {
    return problem(
      site,
      c,
      503,
      "Бот ещё не узнал, что вы отключили Telegram. Подождите минуту и попробуйте снова.",
    );
  }
  const answer = await askBot(site, "link/start", { userId: user.id });
  const started = answer.kind === "yes" ? Started.safeParse(answer.answer).data : undefined;
  if (!started) return problem(site, c, answer.kind === "no" ? 409 : 503, wordsFor(answer));
  links.keep(session, started, site.clock.now());
  return c.redirect(TELEGRAM_PAGE, 303);
}

/** Why there is no link, and what to do; a yes that is none is as good as silence. */
function wordsFor(answer: BotAnswer): string {
  switch (answer.kind) {
    case "no":
      return `Бот отказал. ${answer.message || "Попробуйте позже или войдите в него сами: отправьте ему /start."}`;
    case "busy":
      return `Бот просит подождать: попробуйте через ${minutesOf(answer.retryAfterS ?? 60)}.`;
    case "yes":
    case "silent":
      return "Бот сейчас не отвечает. Подождите минуту и попробуйте снова.";
  }
}

function minutesOf(seconds: number): string {
  return counted(Math.ceil(seconds / 60), "минуту", "минуты", "минут");
}

/** The link that this session has asked for; once it has done its work it is forgotten. */
function linkOf({ clock }: Site, c: Context, links: StartLinks, user: User) {
  const session = sessionKey(c);
  if (session === null) return null;
  if (user.botConnected) links.drop(session);
  return links.of(session, clock.now());
}

function problem(site: Site, c: Context, status: PageStatus, words: string): Promise<Response> {
  return page(site, c, telegramProblem(words), status);
}

function page(site: Site, c: Context, content: Parameters<typeof telegramPage>[0], status?: PageStatus) {
  return show(site, c, "Telegram", telegramPage(content), status, TELEGRAM_PAGE);
}
