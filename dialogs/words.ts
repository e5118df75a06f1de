import { html } from "../contract/html.ts";
import type { Words } from "../contract/words.ts";

/** What the runner itself says, whatever the dialog. */
export const words = {
  staleButton: {
    ru: "Эта кнопка уже сработала или устарела.",
    en: "This button has already been used or is out of date.",
  },
  busy: {
    ru: "Я ещё передаю ваш прошлый ответ. Повторите, пожалуйста, чуть позже.",
    en: "I am still passing on your last answer. Please repeat this a little later.",
  },
  textPlease: {
    ru: "Пожалуйста, ответьте текстом.",
    en: "Please answer with a text message.",
  },
  contactPlease: {
    ru: "Пожалуйста, нажмите кнопку под полем ввода — она отправит ваш номер телефона.",
    en: "Please press the button below the input field: it sends your phone number.",
  },
  ownContactPlease: {
    ru: "Это чужой номер. Пожалуйста, отправьте свой — кнопкой под полем ввода.",
    en: "That is somebody else's number. Please send your own with the button below the input field.",
  },
  later: {
    ru: "Сайт сейчас не отвечает. Ничего не потеряно: я повторю сам, как только он заработает.",
    en: "The site does not answer at the moment. Nothing is lost: I will try again by myself.",
  },
  sorry: {
    ru: html`К сожалению, не получилось довести это до конца. Попробуйте ещё раз: /menu`,
    en: html`Sorry, this could not be finished. Please try again: /menu`,
  },
  changed: {
    ru: "Этот разговор устарел: с тех пор бот обновился. Ничего страшного — вот что можно сделать сейчас.",
    en: "This conversation is out of date: the bot has changed since. No harm done, here is what you can do now.",
  },
  resumed: {
    ru: "Я снова на связи. Вот что пришло за это время.",
    en: "I am back. Here is what came in the meantime.",
  },
  deleted: {
    ru: "Ваша учётная запись на сайте удалена, поэтому вы вышли из бота.",
    en: "Your account on the site was deleted, so you are signed out here.",
  },
  noOperator: {
    ru: "Сейчас вам отвечает оператор. Передать ему это сообщение отсюда не получается.",
    en: "An operator is answering you now. This message can't be passed on from here.",
  },
  withOperator: {
    ru: "Сейчас вам отвечает оператор, бот молчит.",
    en: "An operator is answering you now, the bot is silent.",
  },
  otherKind: { ru: "Другие сообщения", en: "Other messages" },
} as const satisfies Record<string, Words>;
