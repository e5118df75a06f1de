import { z } from "zod";
import type { Chat } from "../../dialogs/chat.ts";
import { command } from "../../dialogs/communication.ts";
import { menuFor } from "../menu.ts";
import { sayBarred } from "./barred.ts";
import { nameOf } from "./name-of.ts";
import { inWords } from "./pause.ts";
import { pauseWords } from "./pause-words.ts";
import { words } from "./words.ts";

/** "/menu", and the answer to whatever nothing else answers. */
export const menu = command({
  command: "menu",
  summary: { ru: "Меню", en: "Menu" },
  data: z.object({
    /** Whether somebody was signed in just now who may not have meant to be. */
    isUnexpected: z.boolean().default(false),
  }),
  initial: {},
  steps: {
    async start(chat, { data: { isUnexpected } }) {
      if (chat.barred) return sayBarred(chat, chat.barred);
      await chat.say({ text: textFor(chat), buttons: menuFor(chat, isUnexpected) });
    },
  },
});

function textFor(chat: Pick<Chat, "person" | "firstName" | "pausedUntil" | "inWords">) {
  const { person, pausedUntil } = chat;
  if (!person) return words.strangerMenu;
  if (pausedUntil === null) return words.menu(nameOf(chat));
  return pauseWords.menu(nameOf(chat), inWords(chat, pausedUntil));
}
