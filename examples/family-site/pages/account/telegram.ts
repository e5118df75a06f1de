import { html, raw } from "hono/html";
import { renderSVG } from "uqr";
import { fullName, type User } from "../../data/users.ts";
import type { Html } from "../layout.ts";
import { timeOfDay } from "../words.ts";
import type { StartLink } from "./start-links.ts";

/** Where the link to the bot is shown. */
export const TELEGRAM_PAGE = "/profile/telegram";

/** White modules around a QR code, as many as its standard asks for. */
const QUIET_ZONE = 4;

/** How the connection to Telegram stands on one's profile; `key` is the one-time key of the button that calls the bot. */
export function telegramPanel({ botConnected }: User, key: string): Html {
  return botConnected
    ? panel({
        state: "Подключён: новости приходят в Telegram.",
        act: unlinkForm(),
        invite: inviteForm(key, "Не видно чата? Позовите бота: он напишет вам первым."),
      })
    : panel({
        state: "Не подключён: новости в Telegram не приходят.",
        act: connectForm("Подключить Telegram"),
        invite: inviteForm(
          key,
          "Уже были в боте раньше? Позовите его: он напишет туда же и предложит войти.",
        ),
      });
}

/** The page that shows the link, or says why there is none. */
export function telegramPage(content: Html): Html {
  return html`<p class="back"><a href="/profile">← Мой профиль</a></p>
    <h1>Подключение Telegram</h1>
    ${content}`;
}

/** The part of the page that notices by itself that the bot has connected, and that the link has become too old. */
export function telegramLive(user: User, link: StartLink | null): Html {
  return html`<div data-live="${TELEGRAM_PAGE}/live" aria-live="polite">${telegramState(user, link)}</div>`;
}

/** How far the connection is; one part with a key of its own for each state. */
export function telegramState(user: User, link: StartLink | null): Html {
  if (user.botConnected) return connected(user);
  return link ? invitation(user, link) : expired();
}

/** Why no link could be had, and the button that tries again. */
export function telegramProblem(words: string): Html {
  return html`<section class="card telegram">
    <p class="problem" role="alert" data-testid="telegram-problem">${words}</p>
    ${connectForm("Попробовать ещё раз")}
  </section>`;
}

function panel(parts: { readonly state: string; readonly act: Html; readonly invite: Html }): Html {
  return html`<section class="card" data-testid="telegram-panel">
    <div class="panel">
      <div>
        <h2>Telegram</h2>
        <p class="hint">${parts.state}</p>
      </div>
      ${parts.act}
    </div>
    ${parts.invite}
  </section>`;
}

function connectForm(words: string, look = ""): Html {
  return html`<form method="post" action="${TELEGRAM_PAGE}" data-once>
    <button class="button ${look}" data-testid="telegram-connect">${words}</button>
  </form>`;
}

function unlinkForm(): Html {
  return html`<form method="post" action="/profile/bot" data-once>
    <input type="hidden" name="bot" value="off" />
    <button class="button calm" data-testid="telegram-unlink">Отключить Telegram</button>
  </form>`;
}

function inviteForm(key: string, why: string): Html {
  return html`<form class="panel below" method="post" action="/profile/bot" data-once>
    <input type="hidden" name="bot" value="on" />
    <input type="hidden" name="formKey" value="${key}" />
    <div class="hint">${why}</div>
    <button class="button quiet calm" data-testid="bot-invite">Позвать бота</button>
  </form>`;
}

function connected(user: User): Html {
  return html`<section class="card telegram" data-key="connected" data-testid="telegram-connected">
    <h2>Telegram подключён</h2>
    <p>К аккаунту «${fullName(user)}». Новости теперь приходят в Telegram.</p>
    <a class="button" href="/profile">Вернуться в профиль</a>
  </section>`;
}

function invitation(user: User, { url, expiresAt }: StartLink): Html {
  return html`<section class="card telegram" data-key="link-${expiresAt}">
    <p>Откройте ссылку на этом устройстве или наведите на код камеру телефона и нажмите в боте «Start»:
      он подключится к аккаунту «${fullName(user)}», а эта страница заметит сама.</p>
    <div class="telegram-ways">
      <a class="button" href="${url}" target="_blank" rel="noopener noreferrer" data-testid="telegram-link">Открыть бота в Telegram</a>
      <div class="qr" role="img" aria-label="QR-код той же ссылки" data-testid="telegram-qr">${raw(renderSVG(url, { border: QUIET_ZONE }))}</div>
    </div>
    <p>
      <strong>Ссылка только для вас:</strong> кто её откроет, подключит к вашему аккаунту свой Telegram. Никому её не
      отправляйте.
    </p>
    <p class="hint">Действует 10 минут, до ${timeOfDay(expiresAt)} по Москве, и открывается один раз. Не сработала? Возьмите новую.</p>
    ${connectForm("Получить новую ссылку", "quiet calm")}
  </section>`;
}

function expired(): Html {
  return html`<section class="card telegram" data-key="expired" data-testid="telegram-expired">
    <p>Действующей ссылки сейчас нет: она живёт 10 минут и открывается один раз. Возьмите новую.</p>
    ${connectForm("Получить новую ссылку")}
  </section>`;
}
