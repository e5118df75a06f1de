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
} as const satisfies Record<string, Words>;
