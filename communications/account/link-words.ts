import { html } from "../../contract/html.ts";
import { PIN_ATTEMPTS, PIN_MS, START_LINK_MS } from "../../contract/linking.ts";
import type { Words } from "../../contract/words.ts";

const PIN_MINUTES = PIN_MS / 60_000;
const START_LINK_MINUTES = START_LINK_MS / 60_000;

/** What is said where the site and the bot become one account: of links there and back, and of PINs. */
export const linkWords = {
  link: {
    ru: "Вот ваша личная ссылка: по ней вы войдёте на сайт без пароля, нужен только PIN из следующего сообщения. Ссылка только для вас, пожалуйста, никому её не пересылайте.",
    en: "Here is your own link: with it you enter the site without a password, all you need is the PIN in the next message. The link is for you alone, please do not pass it on.",
  },
  linkOfStranger: {
    ru: "Вот ваша личная ссылка на сайт. Введите там PIN из следующего сообщения, и сайт узнает этот чат. Если вы уже зарегистрированы, сайт подключит бота к вашему аккаунту; если ещё нет — предложит зарегистрироваться. Ссылка только для вас, пожалуйста, никому её не пересылайте.",
    en: "Here is your own link to the site. Enter the PIN of the next message there, and the site will know this chat. If you are registered, it connects the bot to your account; if not, it offers you to register. The link is for you alone, please do not pass it on.",
  },
  pin: (pin: string, until: string) => ({
    ru: html`Ваш PIN: <code>${pin}</code>

Откройте ссылку из сообщения выше и введите этот PIN на сайте. Нажмите на него, и он скопируется. Он действует ${PIN_MINUTES} минут, до ${until}, и только один раз.

Никому не сообщайте его и не пересылайте.`,
    en: html`Your PIN: <code>${pin}</code>

Open the link of the message above and enter this PIN on the site. Tap it to copy it. It is good for ${PIN_MINUTES} minutes, until ${until}, and only once.

Do not tell it to anybody and do not pass it on.`,
  }),
  newPin: { ru: "Новый PIN", en: "New PIN" },
  tooManyPins: (until: string) => ({
    ru: html`Вы уже несколько раз просили PIN. Чтобы никто не мог его подобрать, с новым придётся подождать. Его можно взять, начиная с этого времени: <b>${until}</b>. Нажмите тогда «Новый PIN».`,
    en: html`You have asked for a PIN several times. So that nobody can guess it, the next one has to wait. You can get it from this time on: <b>${until}</b>. Please press “New PIN” then.`,
  }),
  connected: (name: string) => ({
    ru: html`Готово: этот чат подключён к аккаунту <b>${name}</b>. Новости сайта теперь будут приходить сюда, а отвечать на них можно прямо в чате.`,
    en: html`Done: this chat is connected to the account <b>${name}</b>. The site's news will come here now, and you can answer right in the chat.`,
  }),
  alreadyConnected: (name: string) => ({
    ru: html`Этот чат уже подключён к вашему аккаунту, <b>${name}</b>. Больше ничего делать не нужно.`,
    en: html`This chat is connected to your account already, <b>${name}</b>. There is nothing else to do.`,
  }),
  another: (present: string, next: string) => ({
    ru: html`Сейчас вы вошли здесь как <b>${present}</b>, а ссылка — от аккаунта <b>${next}</b>. В одном чате может быть только один аккаунт. Подключить новый вместо прежнего?`,
    en: html`You are signed in here as <b>${present}</b>, and the link is of the account <b>${next}</b>. A chat can have only one account. Shall I connect the new one in place of the present one?`,
  }),
  connect: (name: string) => ({ ru: `Подключить «${name}»`, en: `Connect “${name}”` }),
  leaveIt: { ru: "Оставить как есть", en: "Leave it as it is" },
  left: (name: string) => ({
    ru: html`Хорошо, всё остаётся как было: вы вошли как <b>${name}</b>.`,
    en: html`All right, everything stays as it was: you are signed in as <b>${name}</b>.`,
  }),
  used: {
    ru: "Эта ссылка уже использована в другом чате, второй раз она не сработает. Новую можно взять на сайте: откройте свой профиль и нажмите «Подключить Telegram».",
    en: "This link has been used in another chat already and does not work a second time. You can get a new one on the site: open your profile there and connect Telegram.",
  },
  expired: {
    ru: `Эта ссылка больше не действует: прошло ${START_LINK_MINUTES} минут, или её заменила новая. Взять другую можно на сайте: откройте свой профиль и нажмите «Подключить Telegram».`,
    en: `This link is no longer good: ${START_LINK_MINUTES} minutes have passed, or a new one has taken its place. You can get a new one on the site: open your profile there and connect Telegram.`,
  },
  noSuchUser: {
    ru: "На сайте больше нет аккаунта, от которого эта ссылка. Если это ошибка, обратитесь, пожалуйста, к администратору сайта.",
    en: "The account that this link is of is no longer on the site. If that is a mistake, please ask the site's administrator.",
  },
  silent: {
    ru: "Сайт сейчас не отвечает. Ничего не потеряно: я подключу этот чат сам, как только он заработает, и напишу вам.",
    en: "The site does not answer at the moment. Nothing is lost: I will connect this chat by myself as soon as it works again, and write to you.",
  },
  linked: (name: string) => ({
    ru: html`Готово: сайт и бот — теперь один аккаунт. Вы вошли как <b>${name}</b>, и новости сайта будут приходить сюда.`,
    en: html`Done: the site and the bot are one account now. You are signed in as <b>${name}</b>, and the site's news will come here.`,
  }),
  anotherChat: (name: string) => ({
    ru: html`К вашему аккаунту подключён ещё один чат: <b>${name}</b>.

Если это вы, ничего делать не нужно. Если нет — откройте свой профиль на сайте и отключите Telegram: тогда выйдут все чаты, и вы сможете подключить свой заново. Выйти только из этого чата: /logout`,
    en: html`Another chat was connected to your account: <b>${name}</b>.

If that was you, there is nothing to do. If not, open your profile on the site and disconnect Telegram: all chats are signed out then, and you can connect yours again. To sign out of this chat alone: /logout`,
  }),
  siteEntered: {
    ru: "Вы вошли на сайт через бота. Если это были не вы, выйдите здесь: /logout. Тогда ссылка и PIN, которые я вам присылал, перестанут действовать.",
    en: "You have signed in on the site through the bot. If that was not you, sign out here: /logout. The link and the PIN that I sent you are no longer good then.",
  },
  pinBurnt: {
    ru: `Кто-то ${PIN_ATTEMPTS} раз ввёл на сайте неверный PIN, поэтому он больше не действует. Войти никому не удалось.

Если это были вы, возьмите новый PIN. Если нет, ничего делать не нужно: без PIN ваша ссылка никого не впустит.`,
    en: `Somebody has entered a wrong PIN ${PIN_ATTEMPTS} times on the site, so it is no longer good. Nobody got in.

If that was you, get a new PIN. If not, there is nothing to do: without a PIN your link lets nobody in.`,
  },
  pinExpired: {
    ru: `PIN введён слишком поздно: он действует ${PIN_MINUTES} минут. Если это были вы, возьмите новый.`,
    en: `The PIN was entered too late: it is good for ${PIN_MINUTES} minutes. If that was you, get a new one.`,
  },
} satisfies Record<
  string,
  | Words
  | ((name: string) => Words)
  | ((one: string, other: string) => Words)
  | ((name: string) => Words<string>)
>;
