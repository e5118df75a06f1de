import { z } from "zod";
import { command } from "../../dialogs/communication.ts";
import { sayBarred } from "./barred.ts";
import { linkWords } from "./link-words.ts";
import { words } from "./words.ts";

/** "/site": the person's own link to the site, and the PIN to it (requirement 44). Strangers get them too: they may register there. */
export const site = command({
  command: "site",
  evenWithOperator: true,
  summary: words.openSite,
  data: z.object({}),
  initial: {},
  steps: {
    async start(chat) {
      if (chat.barred) return sayBarred(chat, chat.barred);
      const newPin = [[{ label: linkWords.newPin, command: "site" }]];
      const link = await chat.link({ path: "" });
      if (link.kind === "too-many") {
        const text = linkWords.tooManyPins(chat.inWords(link.until));
        return chat.say({ text, buttons: newPin });
      }
      const text = chat.person ? linkWords.link : linkWords.linkOfStranger;
      await chat.say({ text, buttons: [[{ label: words.openSite, url: link.url }]] });
      await chat.say({ text: linkWords.pin(link.pin, chat.inWords(link.expiresAt)), buttons: newPin });
    },
  },
});
