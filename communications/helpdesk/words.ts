import { html } from "../../contract/html.ts";
import type { Words } from "../../contract/words.ts";
import { excerpt } from "../excerpt.ts";

/** Buttons of a rating: the step that each leads to, and its label. */
const rates = {
  rate5: { ru: "⭐⭐⭐⭐⭐ Отлично", en: "⭐⭐⭐⭐⭐ Excellent" },
  rate4: { ru: "⭐⭐⭐⭐ Хорошо", en: "⭐⭐⭐⭐ Good" },
  rate3: { ru: "⭐⭐⭐ Нормально", en: "⭐⭐⭐ Fair" },
  rate2: { ru: "⭐⭐ Плохо", en: "⭐⭐ Poor" },
  rate1: { ru: "⭐ Очень плохо", en: "⭐ Very poor" },
} as const satisfies Record<string, Words<string>>;

/** What the helpdesk's map says of requests and their rating. */
const requests = {
  accepted: (title: string, performer: string) =>
    performer
      ? {
          ru: html`🛠 Заявка «${excerpt(title)}» принята в работу. Исполнитель: <b>${performer}</b>.`,
          en: html`🛠 Your request “${excerpt(title)}” has been accepted. Working on it: <b>${performer}</b>.`,
        }
      : {
          ru: html`🛠 Заявка «${excerpt(title)}» принята в работу.`,
          en: html`🛠 Your request “${excerpt(title)}” has been accepted.`,
        },
  notYours: {
    ru: "Эта заявка другой учётной записи, поэтому ответить на неё отсюда не получится.",
    en: "This request belongs to another account, so it can't be answered from here.",
  },
  openRequest: { ru: "Открыть заявку", en: "Open the request" },
  operatorWrites: (author: string, title: string, text: string) => ({
    ru: html`👤 <b>${author || "Оператор"}</b> по заявке «${excerpt(title)}»:

${text}`,
    en: html`👤 <b>${author || "The operator"}</b> on your request “${excerpt(title)}”:

${text}`,
  }),
  finished: (title: string) => ({
    ru: html`✅ Заявка «${excerpt(title)}» выполнена.

Как всё прошло? Оцените, пожалуйста, нашу работу: нажмите на одну из кнопок.`,
    en: html`✅ Your request “${excerpt(title)}” is finished.

How did it go? Please rate our work: press one of the buttons.`,
  }),
  finishedAndRated: (title: string) => ({
    ru: html`✅ Заявка «${excerpt(title)}» выполнена. Спасибо, что уже оценили её.`,
    en: html`✅ Your request “${excerpt(title)}” is finished. Thank you for having rated it already.`,
  }),
  rates,
  rateReminder: (title: string) => ({
    ru: html`Напомню один раз: нам важно знать, как прошла заявка «${excerpt(title)}». Достаточно одного нажатия.`,
    en: html`Just one reminder: we would love to know how your request “${excerpt(title)}” went. One tap is enough.`,
  }),
  glad: {
    ru: "Спасибо, приятно слышать! Хотите добавить пару слов?",
    en: "Thank you, good to hear! Would you like to add a few words?",
  },
  sorry: {
    ru: "Спасибо за честность. Напишите, пожалуйста, что нам исправить.",
    en: "Thank you for being frank. Please write what we should do better.",
  },
  noComment: { ru: "Без комментария", en: "Without a comment" },
  commentAgain: {
    ru: "Пожалуйста, напишите словами, не длиннее 2000 знаков.",
    en: "Please write it in words, at most 2,000 characters.",
  },
  starsAgain: {
    ru: "Пожалуйста, нажмите на одну из кнопок или напишите число от 1 до 5.",
    en: "Please press one of the buttons, or write a number from 1 to 5.",
  },
  signInToRate: {
    ru: "Чтобы оценить заявку, нужно войти: /start",
    en: "Please sign in to rate: /start",
  },
  ratingTaken: { ru: "Спасибо, ваша оценка записана!", en: "Thank you, your rating is recorded!" },
  ratedBefore: {
    ru: "Эта заявка уже оценена, и первая оценка остаётся в силе. Спасибо!",
    en: "This request has been rated already, and the first rating stands. Thank you!",
  },
  ratingRefused: {
    ru: "К сожалению, эту заявку уже нельзя оценить. Спасибо, что нашли время.",
    en: "Sorry, this request can't be rated any more. Thank you for taking the time.",
  },
} as const;

/** What it says of talking with an operator. */
const talk = {
  whatAbout: {
    ru: "Опишите одним сообщением, что случилось, — я позову оператора.",
    en: "Describe in one message what has happened: I will call an operator.",
  },
  wordsAgain: {
    ru: "Пожалуйста, напишите словами, не длиннее 4096 знаков.",
    en: "Please write it in words, at most 4,096 characters.",
  },
  handedOver: {
    ru: "Передал оператору. Всё, что вы напишете теперь, прочтёт он, а его ответы придут сюда. Я помолчу; чтобы вернуть меня, нажмите кнопку или отправьте /bot",
    en: "I have called an operator, who will read all that you write from now on; the answers come here. I keep quiet meanwhile: to have me back, press the button or send /bot",
  },
  alreadyWithOperator: {
    ru: "Вы уже говорите с оператором: просто напишите ему здесь. Вернуться к боту: /bot",
    en: "You are talking with an operator already: just write here. Back to the bot: /bot",
  },
  notTaken: {
    ru: "К сожалению, служба поддержки не приняла обращение. Попробуйте, пожалуйста, написать иначе: /support",
    en: "Sorry, the helpdesk did not take this. Please try to put it differently: /support",
  },
  textOnly: {
    ru: "Оператору я могу передать только текст. Опишите, пожалуйста, словами.",
    en: "I can pass on only text to the operator. Please describe it in words.",
  },
  requestClosed: {
    ru: "Эта заявка уже закрыта, и ваше сообщение передать не получилось. Оператору можно написать заново.",
    en: "This request is closed by now, so your message could not be passed on. You can write to an operator anew.",
  },
  writeAgain: { ru: "Написать заново", en: "Write anew" },
  backToBot: { ru: "Вернуться к боту", en: "Back to the bot" },
  botIsBack: {
    ru: "Я снова с вами: разговор с оператором окончен.",
    en: "I am back: the talk with the operator is over.",
  },
  botIsHere: { ru: "Я здесь. Чем помочь?", en: "I am here. What can I do for you?" },
  reply: { ru: "Ответить", en: "Reply" },
  replyAgain: { ru: "Написать ещё", en: "Write more" },
  yourAnswer: {
    ru: "Напишите ответ — я передам его оператору.",
    en: "Write your answer: I will pass it on.",
  },
  passedOn: { ru: "Передал.", en: "Passed on." },
  cancel: { ru: "Отмена", en: "Cancel" },
  letBe: { ru: "Хорошо, ничего не передаю.", en: "All right, nothing is passed on." },
  signInFirst: { ru: "Чтобы писать нам, нужно войти: /start", en: "Please sign in to write to us: /start" },
  signIn: { ru: "Войти", en: "Sign in" },
  notUnderstood: {
    ru: "Простите, я не понял. Что я умею, можно посмотреть в меню.",
    en: "Sorry, I did not understand. The menu shows what I can do.",
  },
  writeToOperator: { ru: "Написать оператору", en: "Write to an operator" },
  menu: { ru: "Меню", en: "Menu" },
} as const;

/** What the helpdesk's map says. */
export const words = { ...requests, ...talk } as const satisfies Record<string, unknown>;
