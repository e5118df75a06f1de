import { html } from "hono/html";
import { Recipients } from "../bot/call.ts";
import type { Notice } from "../data/outbox.ts";
import type { Html } from "./layout.ts";
import { counted, timeOfDay } from "./words.ts";

/** A discreet line under a post or comment: whom the bot is telling, or why it is not. Nothing where it was not asked. */
export function botStatus(notice: Notice | undefined, postId: number): Html | "" {
  if (!notice) return "";
  return html`<div class="bot-status ${notice.state}" data-testid="bot-status" data-state="${notice.state}">
    <span>${noticeWords(notice)}</span>${notice.state === "failed" ? retryForm(notice, postId) : ""}
  </div>`;
}

/** The same in words alone. */
export function noticeWords(notice: Notice): string {
  const { state, message, attempts, dueAt } = notice;
  if (state === "failed") return `Бот не рассказал родным: ${message}`;
  if (state === "sent") return sentWords(notice.recipients);
  if (attempts === 0) return "Передаём боту…";
  return `Ждёт бота: ${message}. Попробуем снова в ${timeOfDay(dueAt)}`;
}

function sentWords(stored: string | null): string {
  if (stored === null) return "Бот принял новость";
  const { total, queued, unlinked, paused, blocked } = Recipients.parse(JSON.parse(stored));
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

function retryForm(notice: Notice, postId: number): Html {
  return html`<form method="post" action="/posts/${postId}/notices/${notice.id}/retry">
    <button class="link" data-testid="bot-retry">Повторить</button>
  </form>`;
}
