import { html, type Text } from "../../contract/html.ts";
import type { Words } from "../../contract/words.ts";
import { excerpt } from "../excerpt.ts";

/** A post by its beginning in quotes, or, where it has no text, by what it is. */
function named(post: string, thing: string, quote: (text: string) => string): string {
  const beginning = excerpt(post);
  return beginning ? quote(beginning) : thing;
}

/** The words of a comment behind the line that says whose it is; a main system may tell of a comment without them. */
function quoted(comment: string): Text {
  return comment
    ? html`:

${comment}`
    : ".";
}

/** What the family map says. */
export const words = {
  posted: (author: string, text: string) => ({
    ru: html`📰 <b>${author}</b> пишет на семейном сайте:

${text}`,
    en: html`📰 <b>${author}</b> writes on the family site:

${text}`,
  }),
  openPost: { ru: "Открыть на сайте", en: "Open on the site" },
  commented: (author: string, comment: string, post: string) => ({
    ru: html`💬 <b>${author}</b> комментирует ${named(post, "запись", (text) => `«${text}»`)}${quoted(comment)}`,
    en: html`💬 <b>${author}</b> comments on ${named(post, "a post", (text) => `“${text}”`)}${quoted(comment)}`,
  }),
  someone: { ru: "Кто-то из родных", en: "A relative" },
  reply: { ru: "Ответить", en: "Reply" },
  replyAgain: { ru: "Ответить ещё", en: "Reply again" },
  cancel: { ru: "Отмена", en: "Cancel" },
  cancelled: { ru: "Хорошо, ничего не публикую.", en: "All right, nothing is published." },
  yourComment: {
    ru: "Напишите ваш ответ — я опубликую его на сайте под этой записью.",
    en: "Write your answer: I will publish it on the site under this post.",
  },
  commentAgain: {
    ru: "Ответ пуст или длиннее 4000 знаков. Напишите, пожалуйста, короче.",
    en: "The answer is empty or longer than 4,000 characters. Please write a shorter one.",
  },
  published: { ru: "Готово, ваш ответ опубликован на сайте.", en: "Done, your answer is on the site." },
  postGone: {
    ru: "Этой записи на сайте больше нет, поэтому опубликовать ответ не получилось.",
    en: "That post is no longer on the site, so your answer could not be published.",
  },
  notTaken: {
    ru: "Сайт не принял ответ. Возможно, у вас нет прав отвечать на эту запись.",
    en: "The site did not take your answer. Perhaps you may not answer this post.",
  },
  signInFirst: {
    ru: "Чтобы отвечать, нужно войти: /start",
    en: "Please sign in to answer: /start",
  },
} satisfies Record<string, Words | ((...texts: string[]) => Words)>;
