import { html } from "hono/html";
import type { Html } from "../layout.ts";

/** The page that a `web_app` button opens: no menu, no session; who the person is comes from Telegram alone. */
export function appPage(botLink: string): Html {
  return html`<!doctype html>
    <html lang="ru">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Дом на Мойке</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/site.css" />
        <script type="module" src="/assets/app.js"></script>
      </head>
      <body class="app">
        <main data-app aria-live="polite" aria-busy="true"><p class="hint">Узнаём, кто вы…</p></main>
        <noscript><p class="card empty">Этой странице нужен JavaScript.</p></noscript>
        <template data-app-outside>${appOutside(botLink)}</template>
        <template data-app-silent>${appSilent()}</template>
      </body>
    </html>`;
}

/** The bot does not answer, or the site is away. */
export function appSilent(): Html {
  return html`<section class="card empty" data-testid="app-silent">
    <h1>Бот не ответил</h1>
    <p>Попробуйте ещё раз через минуту.</p>
    <p><button class="button" type="button" data-again data-testid="app-again">Попробовать ещё раз</button></p>
  </section>`;
}

function appOutside(botLink: string): Html {
  return html`<section class="card empty" data-testid="app-outside">
    <h1>Эта страница открывается в Telegram</h1>
    <p>Откройте бота и нажмите кнопку под его сообщением.</p>
    <p>
      <a class="button" href="${botLink}" target="_blank" rel="noopener" data-testid="to-bot">Открыть бота</a>
    </p>
    <p class="hint">Или загляните на <a href="/">сам сайт</a>.</p>
  </section>`;
}
