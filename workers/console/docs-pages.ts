import { html } from "hono/html";
import type { BotProfile } from "../../contract/bot.ts";

type Page = ReturnType<typeof html>;

/** The page that asks for a token; `wrong` after one that is not good. */
export function signInPage(wrong: boolean): Page {
  return page(
    html`<main class="sign-in">
      <h1>Beseda API</h1>
      <p>This documentation is for those who hold an API token, and shows the bots of that token.</p>
      <form method="post" action="/api/docs/sign-in">
        <label for="token">API token</label>
        <input id="token" name="token" type="password" autocomplete="off" required autofocus />
        ${wrong ? html`<p class="wrong" role="alert">This token is not known, or not good any more.</p>` : ""}
        <button type="submit">Sign in</button>
      </form>
    </main>`,
  );
}

/** The documentation of one bot, with a way to the others. */
export function docsPage(bot: BotProfile, bots: readonly BotProfile[]): Page {
  const others = bots.filter(({ botId }) => botId !== bot.botId);
  return page(
    html`<header class="bar">
        <h1>Beseda API</h1>
        <p>Bot <strong data-testid="bot-id">${bot.botId}</strong> · @${bot.username}</p>
        ${others.map(({ botId, username }) => html`<a href="/api/docs?bot=${botId}">Bot ${botId} · @${username}</a>`)}
        <form method="post" action="/api/docs/sign-out"><button type="submit">Sign out</button></form>
      </header>
      <p class="warning">
        Calls from this page are real calls: people get the messages. To make one, press <em>Authorize</em> and give
        the token once more: the page does not keep it.
      </p>
      <div id="docs" data-document="/api/v1/bots/${bot.botId}/openapi.json"></div>`,
    html`<link rel="stylesheet" href="/docs/swagger-ui.css" />
      <script src="/docs/swagger-ui-bundle.js" defer></script>
      <script src="/docs.js" defer></script>`,
  );
}

function page(body: Page, head: Page | string = ""): Page {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Beseda API</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/console.css" />
        ${head}
      </head>
      <body>
        ${body}
      </body>
    </html>`;
}
