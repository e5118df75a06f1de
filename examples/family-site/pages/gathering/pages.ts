import { html } from "hono/html";
import type { Html } from "../layout.ts";

/** As many as one invitation is good for. */
export const MOST_GUESTS = 20;

/** Longest wishes: they are read out in one message. */
export const MOST_WISHES = 500;

/** The form; after a mistake, or silence of the bot's, with what was written. */
export interface GatheringView {
  readonly name: string;
  readonly token: string;
  readonly key: string;
  readonly guests: string;
  readonly wishes: string;
  readonly problem: string | null;
}

/** Asks how many come. The token stays in the form: two tabs of two people do not mix. */
export function gatheringPage({ name, token, key, guests, wishes, problem }: GatheringView): Html {
  return html`<h1>Семейный праздник на Мойке</h1>
    <p class="lead">${name ? `${name}, с` : "С"}колько вас ждать?</p>
    <form class="card form" method="post" action="/gathering" data-testid="gathering-form" data-once>
      ${problem === null ? "" : html`<p class="problem" role="alert" data-testid="problem">${problem}</p>`}
      <input type="hidden" name="token" value="${token}" />
      <input type="hidden" name="formKey" value="${key}" />
      <label for="guests">Сколько человек придёт, считая и вас</label>
      <input class="narrow" id="guests" name="guests" type="number" inputmode="numeric" min="1" max="${MOST_GUESTS}" required value="${guests}" />
      <label for="wishes">Пожелания</label>
      <textarea id="wishes" name="wishes" rows="4" maxlength="${MOST_WISHES}"
        aria-describedby="wishes-hint">${wishes}</textarea>
      <span class="hint" id="wishes-hint">Что приготовить, кого посадить рядом, когда вас встретить. Можно не заполнять.</span>
      <div class="form-end">
        <span class="hint">Входить на сайт не нужно: вас узнали по ссылке из бота. Если вы уже отвечали, новый ответ заменит прежний.</span>
        <button class="button" data-testid="gathering-submit">Отправить</button>
      </div>
    </form>`;
}

/** The answer is kept, and the bot knows of it. */
export function gatheringDonePage(botLink: string): Html {
  return card("gathering-done", "Готово", "Ответ записан, бот его подтвердит. Можно вернуться в Telegram.", {
    href: botLink,
    label: "Вернуться в бота",
  });
}

/** The link is none, an old one, or made for something else. */
export function gatheringExpiredPage(botLink: string): Html {
  const words = "Ссылка на эту анкету живёт час. Напишите боту команду /gathering — он пришлёт новую.";
  return card("gathering-expired", "Нужна новая ссылка", words, { href: botLink, label: "Открыть бота" });
}

function card(
  testid: string,
  title: string,
  words: string,
  way: { readonly href: string; readonly label: string },
): Html {
  return html`<section class="card empty" data-testid="${testid}">
    <h1>${title}</h1>
    <p>${words}</p>
    <p><a class="button" href="${way.href}" target="_blank" rel="noopener" data-testid="to-bot">${way.label}</a></p>
  </section>`;
}

/** The bot does not say whose link it is. `form`: what was filled in, so that it is not lost. */
export function gatheringSilentPage(form: Omit<GatheringView, "name" | "problem"> | null): Html {
  return html`<section class="card empty" data-testid="gathering-silent">
    <h1>Бот не ответил</h1>
    <p>Это не ваша ошибка. Попробуйте ещё раз через минуту${form ? ": то, что вы написали, не пропадёт" : ""}.</p>
    ${form ? sendAgain(form) : html`<p><a class="button" href="/gathering">Попробовать ещё раз</a></p>`}
  </section>`;
}

function sendAgain({ token, key, guests, wishes }: Omit<GatheringView, "name" | "problem">): Html {
  const fields = { token, formKey: key, guests, wishes };
  return html`<form method="post" action="/gathering" data-once>
    ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <button class="button" data-testid="gathering-again">Попробовать ещё раз</button>
  </form>`;
}
