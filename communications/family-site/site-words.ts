import { type Html, html, lines } from "../../contract/html.ts";
import type { Words } from "../../contract/words.ts";

/** Names as a list, one a line. */
function listed(names: readonly string[]): Html {
  return lines(names.map((name) => `• ${name}`));
}

/** What the dialog says in which a family's website is made. */
export const siteWords = {
  familyName: {
    ru: "Создадим сайт вашей семьи. Как его назовём? Например: «Семья Пушкиных».",
    en: "Let us create your family's website. What shall we call it? For example: “The Pushkins”.",
  },
  nameAgain: {
    ru: "Пожалуйста, напишите название словами, не длиннее 100 знаков.",
    en: "Please write a name in words, at most 100 characters.",
  },
  members: {
    ru: "Кто входит в семью? Напишите имена одним сообщением, каждое с новой строки, — до 50 человек. Остальных можно добавить потом.",
    en: "Who belongs to it? Write the names in one message, each on a line of its own, up to 50 people. Others can be added later.",
  },
  membersAgain: {
    ru: "Не получилось прочитать. Пожалуйста, от 1 до 50 имён, каждое с новой строки и не длиннее 100 знаков.",
    en: "I could not read that. Please write 1 to 50 names, each on a line of its own and at most 100 characters long.",
  },
  confirm: (name: string, members: readonly string[]) => ({
    ru: html`Проверьте, пожалуйста. Сайт «<b>${name}</b>», участников: ${members.length}

${listed(members)}

Создаём?`,
    en: html`Please have a look. The website “<b>${name}</b>”, members: ${members.length}

${listed(members)}

Shall I create it?`,
  }),
  confirmAgain: {
    ru: "Нажмите, пожалуйста, «Создать», «Исправить» или «Отмена». Можно и написать: «да» или «нет».",
    en: "Please press “Create”, “Change” or “Cancel”. You can also write “yes” or “no”.",
  },
  create: { ru: "Создать", en: "Create" },
  change: { ru: "Исправить", en: "Change" },
  cancel: { ru: "Отмена", en: "Cancel" },
  created: (name: string) => ({
    ru: html`🏡 Готово! Сайт «<b>${name}</b>» создан. Загляните и расскажите родным.`,
    en: html`🏡 Done! The website “<b>${name}</b>” is there. Have a look, and tell your family.`,
  }),
  open: { ru: "Открыть сайт", en: "Open the site" },
  refused: {
    ru: "Создать сайт с этими данными не получилось: система их не приняла. Возможно, такое название уже занято.",
    en: "The website could not be created: the system did not take this. Perhaps the name is taken already.",
  },
  cancelled: {
    ru: "Хорошо, сайт не создаю. Захотите вернуться к этому — /newsite",
    en: "All right, no website is created. Should you change your mind: /newsite",
  },
  late: {
    ru: "Сайт семьи мы так и не закончили, и я его пока отложил. Начать заново можно в любой момент: /newsite",
    en: "We did not finish your family's website, so I have let it be for now. You can start again at any time: /newsite",
  },
  signInFirst: {
    ru: "Чтобы создать сайт семьи, нужно войти: /start",
    en: "Please sign in to create a family website: /start",
  },
  signIn: { ru: "Войти", en: "Sign in" },
} as const satisfies Record<string, Words | ((name: string, members: readonly string[]) => Words)>;
