import { html } from "hono/html";
import type { BotProfile } from "../../contract/bot.ts";

/** A piece of HTML; what was put into it is escaped. */
export type Html = ReturnType<typeof html>;

/** What pages show of a bot. */
export type ShownBot = Pick<BotProfile, "botId" | "username">;

/** The pages that are about one bot. */
const PAGES = { docs: "/api/docs", map: "/api/docs/map" } as const;

/** The address of a page about a bot. */
export function pageOf(name: keyof typeof PAGES, { botId }: ShownBot): string {
  return `${PAGES[name]}?bot=${encodeURIComponent(botId)}`;
}

/** A whole page, with what its head needs besides. */
export function page(title: string, body: Html, head: Html | string = ""): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/console.css" />
        ${head}
      </head>
      <body>
        ${body}
      </body>
    </html>`;
}

/** The bar above the pages about a bot: which bot it is, its other page, the same page of the others. */
export function bar(here: keyof typeof PAGES, bot: ShownBot, bots: readonly ShownBot[]): Html {
  const others = bots.filter(({ botId }) => botId !== bot.botId);
  return html`<header class="bar">
    <h1>Beseda API</h1>
    <p>Bot <strong data-testid="bot-id">${bot.botId}</strong> · @${bot.username}</p>
    <nav aria-label="Pages of this bot">
      <a href="${pageOf("docs", bot)}" ${current(here === "docs")}>API</a>
      <a href="${pageOf("map", bot)}" ${current(here === "map")}>Communication maps</a>
    </nav>
    ${others.map((other) => html`<a href="${pageOf(here, other)}">Bot ${other.botId} · @${other.username}</a>`)}
    <form method="post" action="/api/docs/sign-out"><button type="submit">Sign out</button></form>
  </header>`;
}

function current(isHere: boolean): Html | string {
  return isHere ? html`aria-current="page"` : "";
}
