import { html } from "hono/html";
import { Recipients } from "../bot/call.ts";
import type { Notice } from "../data/outbox.ts";
import type { Html } from "./layout.ts";
import { counted, timeOfDay } from "./words.ts";

/**
 * A discreet line: whom the bot is telling, or why it is not. Nothing where it was not asked. What failed can be sent
 * again from here unless `back`, the page to return to, is `null`.
 */
export function botStatus(notice: Notice | undefined, back: string | null): Html | "" {
  if (!notice) return "";
  return html`<div class="bot-status ${notice.state}" data-testid="bot-status" data-state="${notice.state}">
    <span>${noticeWords(notice)}</span>${notice.state === "failed" && back !== null ? retryForm(notice, back) : ""}
  </div>`;
}

/** Whether a notice goes to everybody, rather than to one person about their own affairs. */
function isNews({ alias }: Notice): boolean {
  return alias === "post/new" || alias === "comment/new";
}

function noticeWords(notice: Notice): string {
  const { state, message, attempts, dueAt } = notice;
  if (state === "failed")
    return `${isNews(notice) ? "Бот не рассказал родным" : "Бот отказался"}: ${message}`;
  if (state === "sent") return sentWords(notice);
  if (attempts === 0) return "Передаём боту…";
  return `Ждёт бота: ${message}. Попробуем снова в ${timeOfDay(dueAt)}`;
}

function sentWords(notice: Notice): string {
  if (notice.recipients === null) return isNews(notice) ? "Бот принял новость" : "Бот принял";
  const recipients = Recipients.parse(JSON.parse(notice.recipients));
  return isNews(notice) ? familyWords(recipients) : personWords(recipients);
}

function familyWords({ total, queued, unlinked, paused, blocked }: Recipients): string {
  const others = [
    unlinked > 0 ? `без бота: ${unlinked}` : "",
    paused > 0 ? `на паузе: ${paused}` : "",
    blocked > 0 ? `заблокировали бота: ${blocked}` : "",
  ].filter(Boolean);
  const told =
    queued === 0
      ? "Бот никому не пишет"
      : `Бот рассказывает ${queued} из ${counted(total, "родного", "родных", "родных")}`;
  return [told, ...others].join(" · ");
}

function personWords({ queued, unlinked, paused, blocked }: Recipients): string {
  if (queued > 0) return "Бот пишет в Telegram";
  if (paused > 0) return "У получателя пауза: бот расскажет, когда она кончится";
  if (blocked > 0) return "Получатель заблокировал бота";
  return unlinked > 0 ? "У получателя нет бота" : "Бот принял, но никому не пишет";
}

function retryForm(notice: Notice, back: string): Html {
  return html`<form method="post" action="/notices/${notice.id}/retry">
    <input type="hidden" name="back" value="${back}" />
    <button class="link" data-testid="bot-retry">Повторить</button>
  </form>`;
}
