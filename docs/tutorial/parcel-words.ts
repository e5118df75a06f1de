import { html } from "../../contract/html.ts";

/** What the bot says of parcels at a pick-up point. */
export const parcelWords = {
  arrived: (orderId: string, place: string, until: string) => ({
    ru: html`📦 Заказ № ${orderId} приехал и ждёт вас: <b>${place}</b>, до ${until}.

Заберёте или привезти?`,
    en: html`📦 Order no. ${orderId} has arrived and waits for you: <b>${place}</b>, until ${until}.

Will you collect it, or shall we bring it to you?`,
  }),
  collect: { ru: "Заберу", en: "I will collect it" },
  bring: { ru: "Привезите", en: "Bring it to me" },
  openOrder: { ru: "Открыть заказ", en: "Open the order" },
  seeYou: { ru: "Договорились, ждём вас.", en: "Agreed, see you there." },
  whereTo: {
    ru: "Куда привезти? Напишите адрес: улицу, дом и квартиру.",
    en: "Where shall we bring it? Write the address: street, house and flat.",
  },
  addressAgain: {
    ru: "Не получилось прочитать адрес. Напишите его, пожалуйста, словами, не длиннее 300 знаков.",
    en: "I could not read the address. Please write it in words, at most 300 characters.",
  },
  noAddress: {
    ru: "Адреса я не дождался. Ничего страшного: посылка ждёт вас там же.",
    en: "No address came. No harm done: the parcel waits for you where it is.",
  },
  request: (orderId: string, address: string) => ({
    ru: `Привезти заказ № ${orderId} по адресу: ${address}`,
    en: `Bring order no. ${orderId} to this address: ${address}`,
  }),
  passedOn: {
    ru: "Готово, передал. Вам напишут, когда ждать курьера.",
    en: "Done, I have passed it on. You will be told when to expect the courier.",
  },
  notTaken: {
    ru: "Оформить доставку не получилось: магазин её не принял. Посылка ждёт вас там же.",
    en: "The delivery could not be arranged: the shop did not take it. The parcel waits for you where it is.",
  },
  signInFirst: { ru: "Для этого нужно войти: /start", en: "Please sign in for this: /start" },
  stillThere: (orderId: string, place: string, until: string) => ({
    ru: html`Напоминаю: заказ № ${orderId} всё ещё ждёт вас, <b>${place}</b>, до ${until}.`,
    en: html`A reminder: order no. ${orderId} still waits for you, <b>${place}</b>, until ${until}.`,
  }),
  collected: (orderId: string) => ({
    ru: html`Спасибо, что забрали заказ № ${orderId}. Пусть радует!`,
    en: html`Thank you for collecting order no. ${orderId}. We hope you enjoy it!`,
  }),
};
