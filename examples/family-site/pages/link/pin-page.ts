import { html } from "hono/html";
import type { Html } from "../layout.ts";
import { accountLine, formMarks, type LinkView, leaveForm } from "./view.ts";

/** Asks for the PIN. Who is signed in sees what it will be good for, and how not to be them. */
export function pinPage(view: LinkView): Html {
  const { user } = view;
  return html`<h1>${user ? "Подключить Telegram" : "Вход через бота"}</h1>
    <section class="card link-card">
      ${user ? accountLine(user, "Вы вошли как") : ""}
      <p>${user ? "После PIN бот будет подключён к этому аккаунту." : "Бот прислал вам PIN — введите его, и сайт вас узнает."}</p>
      <form class="form" method="post" action="/link/pin" data-testid="pin-form" data-once>
        ${formMarks(view)}
        <label for="pin">PIN из Telegram</label>
        <input class="pin" id="pin" name="pin" type="text" inputmode="numeric" autocomplete="one-time-code"
          pattern="[0-9 ]*" maxlength="12" required autofocus
          aria-describedby="pin-hint" data-testid="pin" />
        <span class="hint" id="pin-hint"
          >Шесть цифр из чата с ботом, рядом со ссылкой, по которой вы пришли. PIN действует 10 минут.</span>
        <div class="form-end"><button class="button" data-testid="pin-submit">Продолжить</button></div>
      </form>
      <p class="hint">Вводите только тот PIN, который бот прислал <strong>вам</strong>. Если PIN или эту ссылку вам
        переслал кто-то другой, закройте страницу: ${user ? "ваш аккаунт оказался бы в чужом Telegram" : "вы вошли бы в чужой аккаунт"}.</p>
    </section>
    ${user ? html`<div class="buttons">${leaveForm(view)}</div>` : ""}`;
}
