import { html } from "../../contract/html.ts";
import type { Words } from "../../contract/words.ts";

/** That one can sign in with a code, in a line of its own; nothing where there is no SMS. */
function otherWay(hasSms: boolean): Words<string> {
  if (!hasSms) return { ru: "", en: "" };
  return {
    ru: "\n\nНа сайте у вас другой номер? Можно войти по нему, по почте или по id: код придёт по SMS. Для этого нажмите /signin",
    en: "\n\nDoes the site know another number of yours? You can sign in by that, by e-mail or by id, with a code that comes by SMS: press /signin",
  };
}

/** What the account map says. */
export const words = {
  welcome: (name: string, hasSms: boolean) => ({
    ru: html`Здравствуйте, ${name}! Я — бот вашего сайта: присылаю новости и передаю ваши ответы.

Чтобы я узнал вас, нажмите кнопку внизу и поделитесь своим номером телефона. Он нужен только для того, чтобы найти вас на сайте.${otherWay(hasSms).ru}`,
    en: html`Hello, ${name}! I am your site's bot: I bring you its news and take your answers back to it.

Press the button below and share your phone number, so that I know who you are. It is used only to find you on the site.${otherWay(hasSms).en}`,
  }),
  shareNumber: { ru: "📱 Поделиться номером", en: "📱 Share my number" },
  signedIn: (name: string) => ({
    ru: html`Рад встрече, <b>${name}</b>! Вы вошли. Теперь новости сайта будут приходить сюда, а отвечать на них можно прямо в чате.`,
    en: html`Nice to meet you, <b>${name}</b>! You are signed in. The site's news will come here now, and you can answer right in the chat.`,
  }),
  alreadySignedIn: (name: string) => ({
    ru: html`С возвращением, <b>${name}</b>! Вы уже вошли.`,
    en: html`Welcome back, <b>${name}</b>! You are already signed in.`,
  }),
  unknownNumber: (phone: string) => ({
    ru: html`На сайте нет пользователя с номером ${phone}.`,
    en: html`The site has no user with the number ${phone}.`,
  }),
  wayOn: (hasSms: boolean) => ({
    ru: `Можно зарегистрироваться прямо здесь, или сначала указать этот номер в своём профиле на сайте и попробовать ещё раз.${otherWay(hasSms).ru}`,
    en: `You can register right here, or add this number to your profile on the site first and then try again.${otherWay(hasSms).en}`,
  }),
  inactive: {
    ru: "Ваша учётная запись на сайте отключена. Обратитесь, пожалуйста, к администратору сайта.",
    en: "Your account on the site is switched off. Please ask the site's administrator.",
  },
  register: { ru: "Зарегистрироваться", en: "Register" },
  tryAgain: { ru: "Попробовать ещё раз", en: "Try again" },
  openSite: { ru: "Открыть сайт", en: "Open the site" },
  openHere: { ru: "Открыть в Telegram", en: "Open in Telegram" },
  openProfile: { ru: "Мой профиль на сайте", en: "My profile on the site" },
  yourName: {
    ru: "Как вас зовут? Напишите имя и фамилию.",
    en: "What is your name? Please write your first and last name.",
  },
  nameAgain: {
    ru: "Пожалуйста, напишите имя и фамилию словами, не длиннее 100 букв.",
    en: "Please write your first and last name in words, at most 100 letters.",
  },
  badNumber: {
    ru: "Не получилось прочитать номер. Пожалуйста, нажмите кнопку ещё раз.",
    en: "That number could not be read. Please press the button again.",
  },
  siteSilent: {
    ru: "Сайт сейчас не отвечает, поэтому узнать вас не получилось. Через несколько минут нажмите, пожалуйста, кнопку внизу ещё раз.",
    en: "The site does not answer at the moment, so I could not look you up. Please press the button below again in a few minutes.",
  },
  registerRefused: {
    ru: "Сайт не принял регистрацию. Возможно, такой пользователь уже есть — попробуйте войти ещё раз.",
    en: "The site did not accept the registration. Perhaps there is such a user already: please try to sign in again.",
  },
  menu: (name: string) => ({
    ru: html`<b>Меню</b>
${name}, я пришлю новости, как только они появятся. Чем помочь?`,
    en: html`<b>Menu</b>
${name}, I will send you the news as soon as there is any. What can I do for you?`,
  }),
  strangerMenu: {
    ru: html`<b>Меню</b>
Вы пока не вошли. Войдите, чтобы получать новости сайта и отвечать на них.`,
    en: html`<b>Menu</b>
You are not signed in yet. Sign in to get the site's news and reply to it.`,
  },
  signIn: { ru: "Войти", en: "Sign in" },
  help: { ru: "Помощь", en: "Help" },
  pause: { ru: "Пауза", en: "Pause" },
  resume: { ru: "Снять паузу", en: "End the pause" },
  logout: { ru: "Выйти", en: "Sign out" },
  notMe: { ru: "Это не я: выйти", en: "That is not me: sign out" },
  workplace: { ru: "Для сотрудников", en: "For employees" },
  administration: { ru: "Управление сайтом", en: "Site administration" },
  helpText: (commands: string) => ({
    ru: html`Я присылаю новости сайта и передаю туда ваши ответы.

${commands}

Чтобы ответить на новость или комментарий, нажмите под ним «Ответить» или ответьте на само сообщение.`,
    en: html`I bring you the site's news and take your answers back to it.

${commands}

To answer a post or a comment, press “Reply” under it, or reply to the message itself.`,
  }),
  notSignedIn: {
    ru: "Вы ещё не вошли. Войти можно здесь: /start",
    en: "You are not signed in yet. You can sign in here: /start",
  },
} satisfies Record<
  string,
  | Words
  | ((text: string) => Words)
  | ((isThere: boolean) => Words)
  | ((text: string, isThere: boolean) => Words)
>;
