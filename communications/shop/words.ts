import { html } from "../../contract/html.ts";
import type { Order } from "../../contract/system.ts";
import type { Words } from "../../contract/words.ts";
import { type Goods, listOf } from "./goods.ts";

/** What is said of an order, by its status. */
const status = {
  new: (orderId) => ({
    ru: html`🧾 Заказ № ${orderId} оформлен. Напишу, как только он двинется дальше.`,
    en: html`🧾 Order no. ${orderId} is placed. I will write as soon as it moves on.`,
  }),
  paid: (orderId) => ({
    ru: html`💳 Заказ № ${orderId} оплачен, спасибо! Теперь мы его собираем.`,
    en: html`💳 Order no. ${orderId} is paid, thank you! We are packing it now.`,
  }),
  shipped: (orderId) => ({
    ru: html`🚚 Заказ № ${orderId} уже в пути к вам.`,
    en: html`🚚 Order no. ${orderId} is on its way to you.`,
  }),
  done: (orderId) => ({
    ru: html`✅ Заказ № ${orderId} выполнен. Пусть покупка радует!`,
    en: html`✅ Order no. ${orderId} is complete. We hope you enjoy it!`,
  }),
  cancelled: (orderId) => ({
    ru: html`Заказ № ${orderId} отменён. Если это ошибка, нажмите «Что-то не так» или ответьте на это сообщение: напишите, что случилось, — разберёмся.`,
    en: html`Order no. ${orderId} is cancelled. If this is a mistake, press “Something is wrong” or reply to this message: write what happened, and we will look into it.`,
  }),
} as const satisfies Record<Order["status"], (orderId: string) => Words>;

/** What the shop's map says. */
export const words = {
  status,
  thanks: (name: string, order: Goods & Pick<Order, "orderId">) => ({
    ru: html`${name}, спасибо за покупку! 💙

<b>Заказ № ${order.orderId}</b>
${listOf(order, "ru")}

Рады, что вы выбрали нас.`,
    en: html`${name}, thank you for your purchase! 💙

<b>Order no. ${order.orderId}</b>
${listOf(order, "en")}

We are glad you chose us.`,
  }),
  openOrder: { ru: "Открыть заказ", en: "Open the order" },
  somethingWrong: { ru: "Что-то не так", en: "Something is wrong" },
  whatIsWrong: {
    ru: "Напишите, что не так с заказом, — я передам ваши слова в службу поддержки.",
    en: "Write what is wrong with the order: I will pass your words on to the helpdesk.",
  },
  complaintAgain: {
    ru: "Пожалуйста, напишите словами, не длиннее 2000 знаков.",
    en: "Please write it in words, at most 2,000 characters.",
  },
  aboutOrder: (orderId: string, complaint: string) => ({
    ru: `Заказ № ${orderId} отменён. Покупатель пишет: ${complaint}`,
    en: `Order no. ${orderId} is cancelled. The customer writes: ${complaint}`,
  }),
  passed: {
    ru: "Спасибо, передал в службу поддержки. Вам ответят.",
    en: "Thank you, I have passed it on to the helpdesk. You will get an answer.",
  },
  notPassed: {
    ru: "К сожалению, служба поддержки не приняла обращение. Попробуйте, пожалуйста, на странице заказа.",
    en: "Sorry, the helpdesk did not take this. Please try on the order's page.",
  },
  cancel: { ru: "Отмена", en: "Cancel" },
  letBe: { ru: "Хорошо, ничего не передаю.", en: "All right, nothing is passed on." },
  signInFirst: { ru: "Чтобы написать нам, нужно войти: /start", en: "Please sign in to write to us: /start" },
  notYours: {
    ru: "Этот заказ оформлен с другой учётной записи, поэтому написать о нём отсюда не получится.",
    en: "This order was placed with another account, so I can't pass anything on about it from here.",
  },
  cartWaits: (cart: Goods) => ({
    ru: html`🛒 Ваша корзина ждёт вас:

${listOf(cart, "ru")}

Оформим заказ?`,
    en: html`🛒 Your cart is waiting for you:

${listOf(cart, "en")}

Would you like to order?`,
  }),
  openCart: { ru: "Открыть корзину", en: "Open the cart" },
  tomorrow: { ru: "Напомнить завтра", en: "Remind me tomorrow" },
  notNeeded: { ru: "Уже не нужно", en: "Not needed any more" },
  untilTomorrow: {
    ru: "Хорошо, напомню завтра в 10:00.",
    en: "All right, I will remind you tomorrow at 10:00.",
  },
  noMoreReminders: {
    ru: "Хорошо, об этой корзине больше не напоминаю, пока вы к ней не вернётесь.",
    en: "All right, no more reminders about this cart until you come back to it.",
  },
} as const;
