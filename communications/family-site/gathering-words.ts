import { html, type Text } from "../../contract/html.ts";
import type { Words } from "../../contract/words.ts";

/** Wishes in a line of their own, where there are any. */
function wished(label: string, wishes: string): Text {
  return wishes === ""
    ? ""
    : html`

${label}: ${wishes}`;
}

/** What is said of the family gathering and its form. */
export const gatheringWords = {
  invitation: {
    ru: "Скоро семейный праздник! Откройте анкету и напишите, сколько человек придёт вместе с вами и что учесть. PIN для неё не нужен. Ссылка действует один час, и она только для вас: ответ по ней запишется от вашего имени.",
    en: "The family gathering is near! Open the form and say how many of you will come, and what to keep in mind. It needs no PIN. The link is good for an hour and for you alone: whatever is answered with it counts as your answer.",
  },
  openForm: { ru: "Открыть анкету", en: "Open the form" },
  answered: (guests: number, wishes: string) => ({
    ru: html`Записал, спасибо! Гостей вместе с вами: <b>${guests}</b>.${wished("Пожелания", wishes)}`,
    en: html`Noted, thank you! Guests, with you among them: <b>${guests}</b>.${wished("Wishes", wishes)}`,
  }),
  change: { ru: "Изменить ответ", en: "Change the answer" },
} satisfies Record<string, Words | ((guests: number, wishes: string) => Words)>;
