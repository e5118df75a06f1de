import { html } from "hono/html";
import { bar, type Html, page, type ShownBot } from "./page.ts";

/** The documentation of one bot, with a way to the others. */
export function docsPage(bot: ShownBot, bots: readonly ShownBot[]): Html {
  return page(
    "Beseda API",
    html`${bar("docs", bot, bots)}
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
