import { PIN_ATTEMPTS, PIN_MS } from "../../contract/linking.ts";
import type { Words } from "../../contract/words.ts";

const MINUTES = PIN_MS / 60_000;

/** What is said to somebody who signs in with a code by SMS. Nothing of it tells whether the site knows them. */
export const codeWords = {
  noSms: {
    ru: "Войти по коду из SMS здесь нельзя: этот бот их не отправляет. Войдите, пожалуйста, по номеру телефона.",
    en: "You can't sign in with a code here: this bot sends no SMS. Please sign in by your phone number.",
  },
  intro: { ru: "Хорошо, войдём по коду из SMS.", en: "All right, we do it with a code by SMS." },
  yourKey: {
    ru: "Напишите номер телефона, почту или id, с которыми вас знает сайт. Код придёт на телефон, который указан там в вашем профиле.",
    en: "Please write the phone number, the e-mail address or the id that the site knows you by. The code goes to the phone that stands in your profile there.",
  },
  keyAgain: {
    ru: "Не получилось прочитать. Напишите, пожалуйста, одно из трёх: номер телефона, почту или id.",
    en: "I could not read that. Please write one of the three: your phone number, your e-mail address or your id.",
  },
  sent: {
    ru: `Если такой пользователь есть, на его телефон отправлен код. Он действует ${MINUTES} минут. Напишите его сюда.`,
    en: `If there is such a user, a code was sent to their phone. It is good for ${MINUTES} minutes. Please write it here.`,
  },
  codeAgain: {
    ru: "Код — это шесть цифр из SMS. Напишите, пожалуйста, только их.",
    en: "The code has six digits; it comes by SMS. Please write just these.",
  },
  wrong: (attemptsLeft: number) => ({
    ru: `Код не подошёл. Проверьте, пожалуйста, последнюю SMS и напишите его ещё раз. Осталось попыток: ${attemptsLeft}.`,
    en: `That code is not right. Please look at the last SMS and write it once more. Attempts left: ${attemptsLeft}.`,
  }),
  expired: {
    ru: `Этот код больше не действует: прошло ${MINUTES} минут. Отправить новый?`,
    en: `This code is no longer good: ${MINUTES} minutes have passed. Shall I send a new one?`,
  },
  burnt: {
    ru: `Код не подошёл ${PIN_ATTEMPTS} раз и больше не действует. Отправить новый?`,
    en: `The code was wrong ${PIN_ATTEMPTS} times and is no longer good. Shall I send a new one?`,
  },
  used: {
    ru: "Этот код больше не действует. Отправить новый?",
    en: "This code is no longer good. Shall I send a new one?",
  },
  newCode: { ru: "Отправить новый код", en: "Send a new code" },
  otherWay: { ru: "Войти по-другому", en: "Sign in another way" },
  howElse: { ru: "Как войдём?", en: "How shall we do it?" },
  otherKey: { ru: "По другому номеру, почте или id", en: "By another number, e-mail or id" },
  byContact: { ru: "По номеру этого Telegram", en: "By the number of this Telegram" },
  tooMany: {
    ru: "Вы уже несколько раз просили код. Новый можно будет получить примерно через час. А если сайт знает номер этого Telegram, войти можно сразу:",
    en: "You have asked for a code several times. You can get a new one in about an hour. If the site knows the number of this Telegram, you can sign in at once:",
  },
  silent: {
    ru: "Сайт сейчас не отвечает, поэтому код пока не отправлен. Попробуйте, пожалуйста, ещё раз через несколько минут.",
    en: "The site does not answer at the moment, so no code was sent yet. Please try again in a few minutes.",
  },
  rightButSilent: {
    ru: "Код верный, но сайт сейчас не отвечает. Ничего не потеряно: я закончу вход сам, как только он заработает.",
    en: "The code is right, but the site does not answer at the moment. Nothing is lost: I will sign you in by myself as soon as it works again.",
  },
  sms: (code: string) => ({
    ru: `Код для входа в бот: ${code}. Никому его не сообщайте.`,
    en: `Your code to sign in to the bot: ${code}. Do not tell it to anybody.`,
  }),
} satisfies Record<string, Words | ((attemptsLeft: number) => Words) | ((code: string) => Words<string>)>;
