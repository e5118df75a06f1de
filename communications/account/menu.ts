import { z } from "zod";
import { command } from "../../dialogs/communication.ts";
import { menuOf } from "../menu.ts";
import { words } from "./words.ts";

/** "/menu", and the answer to whatever nothing else answers. */
export const menu = command({
  command: "menu",
  summary: { ru: "Меню", en: "Menu" },
  data: z.object({}),
  initial: {},
  steps: {
    async start({ person, siteUrl, say }) {
      const text = person ? words.menu(person.firstName) : words.strangerMenu;
      await say({ text, buttons: menuOf(person?.role ?? null, siteUrl) });
    },
  },
});
