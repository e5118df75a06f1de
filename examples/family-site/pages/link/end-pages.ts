import { html } from "hono/html";
import type { PendingLink } from "../../data/pending-links.ts";
import { fullName } from "../../data/users.ts";
import type { Html } from "../layout.ts";
import { botButton } from "./problem.ts";
import { accountLine, buttonForm, type LinkView, telegramName } from "./view.ts";

/** How it ended, for the person whom it concerns; anybody else at this browser learns only that it is over. */
export function donePage(view: LinkView): Html {
  const { user, link } = view;
  const outcome = link.stage === "conflict" ? "already-linked" : link.stage;
  const isTheirs = user !== null && (user.id === link.userId || link.stage === "conflict");
  if (!isTheirs) return overPage(view);
  return html`<section class="card link-card done" data-testid="link-done" data-outcome="${outcome}">
    <h1>${title(outcome, user.name)}</h1>
    ${outcome === "signed-in" ? "" : accountLine(user, "Вы вошли как")}
    <p>${words(outcome, view)}</p>
    <div class="choices">
      <p><a class="button" href="${link.back}" data-testid="link-back">${link.back === "/" ? "В ленту" : "Вернуться на сайт"}</a></p>
      ${outcome === "linked" ? undo(view) : ""}
    </div>
  </section>`;
}

/** The way to a link, for who came without one or whose link is too old. */
export function noLinkPage(newPinLink: string): Html {
  return html`<section class="card empty" data-testid="link-none">
    <h1>Сюда приходят по ссылке из бота</h1>
    <p>Нажмите кнопку: бот пришлёт в Telegram ссылку и PIN. Ссылка ждёт PIN 20 минут.</p>
    <p>${botButton(newPinLink, "Открыть бота")}</p>
    <p class="hint">Если вы только что пришли по ссылке из бота, разрешите сайту cookie и откройте её ещё раз.</p>
  </section>`;
}

/** A form of another link, or of another visitor: whatever it asked for is not asked. */
export function stalePage(): Html {
  return html`<section class="card empty" data-testid="link-stale">
    <h1>Эта страница устарела</h1>
    <p>В соседней вкладке открыли другую ссылку из бота или вошли под другим именем. PIN не потрачен.</p>
    <p><a class="button" href="/link" data-testid="link-again">Продолжить</a></p>
  </section>`;
}

function overPage({ newPinLink }: LinkView): Html {
  return html`<section class="card empty" data-testid="link-done" data-outcome="over">
    <h1>Здесь уже всё сделано</h1>
    <p>Эта ссылка сработала, второй раз она не нужна. Если сайт вас не узнал, попросите у бота новую.</p>
    <p class="row centred">
      <a class="button" href="/" data-testid="link-back">В ленту</a>
      <a class="button calm" href="${newPinLink}" target="_blank" rel="noopener" data-testid="to-bot">Войти через Telegram</a>
    </p>
  </section>`;
}

type Outcome = Exclude<PendingLink["stage"], "conflict">;

function title(outcome: Outcome, name: string): string {
  if (outcome === "signed-in") return `Здравствуйте, ${name}!`;
  if (outcome === "linked") return "Telegram подключён";
  if (outcome === "already-linked") return "Telegram уже подключён";
  return outcome === "kept" ? "Всё осталось как было" : "Telegram отключён";
}

function words(outcome: Outcome, { link, user, other }: LinkView): string {
  const mine = user ? fullName(user) : "";
  switch (outcome) {
    case "signed-in":
      return "Бот подтвердил, что это вы. Можно продолжать на сайте.";
    case "linked":
      return `Теперь ${telegramName(link)} подключён к аккаунту ${mine}: новости и ответы приходят туда.`;
    case "already-linked":
      return "Бот и раньше был подключён к этому аккаунту. Ничего делать не нужно.";
    case "kept":
      return `К ${link.leadName ? telegramName(link) : "этому Telegram"} по-прежнему подключён аккаунт ${other ? fullName(other) : `№ ${link.otherUserId}`}.`;
    default:
      return "Бот больше не пишет туда от имени этого аккаунта. Подключить Telegram снова можно в профиле.";
  }
}

function undo(view: LinkView): Html {
  return html`${buttonForm(view, { action: "/link/undo", testid: "link-undo", label: "Это не мой Telegram: отключить", calm: true })}`;
}
