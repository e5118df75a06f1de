import { html } from "hono/html";
import { fullName } from "../../data/users.ts";
import type { Html } from "../layout.ts";
import { accountLine, buttonForm, type LinkView, leaveForm, telegramName } from "./view.ts";

/** The PIN was right, nobody is linked, somebody has signed in since: shall it be this account? */
export function accountPage(view: LinkView): Html {
  const { user, link } = view;
  return html`<h1>Подключить Telegram?</h1>
    <section class="card link-card" data-testid="link-account">
      ${user ? accountLine(user, "Вы вошли как") : ""}
      <p>К этому аккаунту будет подключён ${telegramName(link)}: бот станет писать туда и принимать оттуда ответы.</p>
      ${buttonForm(view, { action: "/link/account", testid: "link-connect", label: "Подключить" })}
    </section>
    <div class="buttons">${leaveForm(view)}</div>`;
}

/** The account was made, the bot does not know of it yet. */
export function finishPage(view: LinkView): Html {
  return html`<h1>Аккаунт создан</h1>
    <section class="card link-card" data-testid="link-finish">
      <p>Осталось подключить ${telegramName(view.link)}: бот о новом аккаунте пока не знает.</p>
      ${buttonForm(view, { action: "/link/account", testid: "link-connect", label: "Подключить" })}
    </section>`;
}

/** The bot knows the person by another account: the person chooses. */
export function conflictPage(view: LinkView): Html {
  const { user, other, link } = view;
  const mine = user ? fullName(user) : "";
  const theirs = other ? fullName(other) : `№ ${link.otherUserId}`;
  return html`<h1>Какой аккаунт оставить?</h1>
    <section class="card link-card" data-testid="link-conflict">
      ${other ? accountLine(other, `${capital(telegramName(link))} подключён к аккаунту`) : html`<p>${capital(telegramName(link))} подключён к аккаунту ${theirs}.</p>`}
      ${user ? accountLine(user, "А на сайт вы вошли как") : ""}
      <p>Один Telegram может быть подключён только к одному аккаунту.</p>
      <div class="choices">
        ${buttonForm(view, { action: "/link/relink", testid: "link-relink", label: `Подключить к аккаунту ${mine}` })}
        <span class="hint">Сообщения для аккаунта ${theirs} в этот Telegram приходить перестанут.</span>
        ${buttonForm(view, { action: "/link/keep", testid: "link-keep", label: `Оставить аккаунт ${theirs}`, calm: true })}
        <span class="hint">Ничего не изменится.</span>
      </div>
    </section>`;
}

function capital(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
