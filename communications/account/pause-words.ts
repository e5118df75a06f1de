import { type Html, html, lines } from "../../contract/html.ts";
import type { Language, Words } from "../../contract/words.ts";
import type { KeptKind } from "../../dialogs/chat.ts";

/** One kind a line, with how many of it there are. */
function counted(kept: readonly KeptKind[], language: Language): Html {
  return lines(["", ...kept.map(({ kind, count }) => html`• ${kind[language]}: <b>${count}</b>`)]);
}

/** Until when it is quiet, at the end of a clause; `null` is until they come back. */
const ru = (until: string | null) =>
  until === null ? html`, пока вы сами не вернётесь` : html` до <b>${until}</b>`;
const en = (until: string | null) =>
  until === null ? html` until you come back` : html` until <b>${until}</b>`;

/** What the account map says of a pause and of its end. */
export const pauseWords = {
  howLong: {
    ru: "На сколько мне замолчать? Всё, что придёт за это время, я сохраню для вас.",
    en: "How long shall I be quiet? I will keep for you whatever comes in the meantime.",
  },
  howLongInstead: (until: string | null) => ({
    ru: html`Сейчас пауза${ru(until)}. Можно выбрать другой срок или вернуться прямо сейчас.`,
    en: html`I am quiet now${en(until)}. You can choose another time, or come back right now.`,
  }),
  hour: { ru: "На час", en: "An hour" },
  morning: { ru: "До завтрашнего утра", en: "Until tomorrow morning" },
  week: { ru: "На неделю", en: "A week" },
  forever: { ru: "Пока не вернусь", en: "Until I come back" },
  paused: (until: string | null) => ({
    ru: html`Хорошо, не побеспокою вас${ru(until)}. Напишу, только если будет что-то действительно важное; остальное сохраню.

Вернуться можно и раньше, когда захотите: /resume`,
    en: html`All right, I will not disturb you${en(until)}. I will write only if something is really important, and keep the rest.

You can come back earlier whenever you like: /resume`,
  }),
  menu: (name: string, until: string | null) => ({
    ru: html`<b>Меню</b>
${name}, сейчас пауза${ru(until)}: пришлю только самое важное. Чем помочь?`,
    en: html`<b>Menu</b>
${name}, I am quiet${en(until)}: I will send only what is really important. What can I do for you?`,
  }),
  resumed: (name: string) => ({
    ru: html`С возвращением, <b>${name}</b>! Я снова на связи. Чем помочь?`,
    en: html`Welcome back, <b>${name}</b>! I am here again. What can I do for you?`,
  }),
  review: (kept: readonly KeptKind[]) => ({
    ru: html`Пока было тихо, для вас накопилось:${counted(kept, "ru")}

Показать по порядку?`,
    en: html`While you were away, you received:${counted(kept, "en")}

Shall I show it, in order?`,
  }),
  show: { ru: "Показать", en: "Show" },
  drop: { ru: "Не нужно", en: "No, thanks" },
  dropped: {
    ru: "Хорошо, показывать не буду. Всё новое придёт как обычно.",
    en: "All right, I will not show it. Whatever is new will come as usual.",
  },
  nothingKept: {
    ru: "Показывать больше нечего: вы уже всё видели.",
    en: "There is nothing left to show: you have seen it all.",
  },
  notPaused: {
    ru: "Паузы и так нет: всё приходит как обычно. Чем помочь?",
    en: "You are not on pause: everything comes as usual. What can I do for you?",
  },
} satisfies Record<
  string,
  | Words
  | ((until: string | null) => Words)
  | ((name: string, until: string | null) => Words)
  | ((kept: readonly KeptKind[]) => Words)
>;
