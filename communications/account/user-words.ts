import { type Html, html, lines, type Text } from "../../contract/html.ts";
import type { Post } from "../../contract/system.ts";
import type { Words } from "../../contract/words.ts";
import { excerpt } from "../excerpt.ts";

/** One post a line: who wrote it, and how it begins, which opens it. */
function list(posts: readonly Post[]): Html {
  return lines(
    posts.map(
      ({ authorName, text, url }) =>
        html`• <b>${authorName}</b>: <a href="${url}">${excerpt(text) || "…"}</a>`,
    ),
  );
}

/** What an administrator gave as a reason, in a line of its own. */
function because(label: string, reason: string): Text {
  return reason === ""
    ? ""
    : html`

${label}: ${reason}`;
}

/** What the account map says when the bot is connected or disconnected, and when an account is blocked or deleted. */
export const userWords = {
  connected: (name: string) => ({
    ru: html`Как хорошо, что вы снова здесь, <b>${name}</b>! Чем помочь?`,
    en: html`Good to have you back, <b>${name}</b>! What can I do for you?`,
  }),
  connectedStranger: (name: string) => ({
    ru: html`Как хорошо, что вы снова здесь, ${name}! В этом чате вы вышли: войдите, пожалуйста, и новости снова будут приходить сюда.`,
    en: html`Good to have you back, ${name}! You are signed out in this chat: please sign in, and the news will come here again.`,
  }),
  freshNews: { ru: "Свежие новости", en: "Fresh news" },
  news: (posts: readonly Post[]) => ({
    ru: html`<b>Новости за неделю</b>

${list(posts)}`,
    en: html`<b>The week's news</b>

${list(posts)}`,
  }),
  noNews: {
    ru: "За неделю на сайте не было ничего нового. Как только что-то появится, я сразу напишу.",
    en: "There was nothing new on the site this week. I will write as soon as there is.",
  },
  unknownAccount: {
    ru: "Проверил вашу учётную запись: на сайте её больше нет. Если это ошибка, обратитесь, пожалуйста, к администратору сайта.",
    en: "I checked your account: it is no longer on the site. If that is a mistake, please ask the site's administrator.",
  },
  pleaseReview: (requestId: string, title: string) => ({
    ru: html`Заявка № ${requestId} «${excerpt(title)}» завершена. Оцените, пожалуйста, как всё прошло: достаточно нажать на одну из кнопок.`,
    en: html`Request ${requestId}, “${excerpt(title)}”, is finished. Please rate how it went: just press one of the buttons.`,
  }),
  disconnected: {
    ru: "Вы вышли, и бот отключён: новости больше не будут приходить. Ссылки на сайт и PIN, которые я присылал, больше не действуют. Чтобы вернуться, войдите заново: /start",
    en: "You are signed out and the bot is off: you will get no more news. The links to the site and the PINs that I sent are no longer good. To come back, sign in again: /start",
  },
  blocked: (reason: string) => ({
    ru: html`Ваша учётная запись на сайте заблокирована администратором.${because("Причина", reason)}

Если это ошибка, обратитесь, пожалуйста, к администратору сайта.`,
    en: html`An administrator has blocked your account on the site.${because("Reason", reason)}

If that is a mistake, please ask the site's administrator.`,
  }),
  blockedMenu: {
    ru: html`<b>Меню</b>
Пока учётная запись заблокирована, доступно только это.`,
    en: html`<b>Menu</b>
As long as the account is blocked, there is only this.`,
  },
  unblocked: (name: string) => ({
    ru: html`<b>${name}</b>, ваша учётная запись разблокирована, и новости снова будут приходить. Чем помочь?`,
    en: html`<b>${name}</b>, your account is unblocked, and the news will come again. What can I do for you?`,
  }),
  unblockedStranger: {
    ru: "Ваша учётная запись на сайте разблокирована. Теперь можно снова войти.",
    en: "Your account on the site is unblocked. You can sign in again.",
  },
  deleted: {
    ru: "Ваша учётная запись на сайте удалена, поэтому вход в боте больше не действует. Если у вас есть другая, войдите с ней.",
    en: "Your account on the site was deleted, so you are signed out here. If you have another one, you can sign in with it.",
  },
} satisfies Record<string, Words | ((...texts: string[]) => Words) | ((posts: readonly Post[]) => Words)>;
