import { z } from "zod";
import { command } from "../../dialogs/communication.ts";
import { barredWords } from "../account/barred-words.ts";
import { gatheringWords as words } from "./gathering-words.ts";

/** "/gathering": a link to a form of the site that asks for no PIN (requirement 53): it does no harm in other hands. */
export const gathering = command({
  command: "gathering",
  summary: { ru: "Семейный праздник: кто придёт", en: "Family gathering: who will come" },
  data: z.object({}),
  initial: {},
  steps: {
    async start(chat) {
      if (chat.barred) return chat.say(barredWords(chat.barred));
      const url = await chat.link({ path: "gathering", pin: false, within: "1 hour" });
      await chat.say({ text: words.invitation, buttons: [[{ label: words.openForm, url }]] });
    },
  },
});
