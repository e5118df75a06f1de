import { z } from "zod";
import type { Words } from "../contract/words.ts";
import { type AnyOccasion, type Occasion, occasion } from "./communication.ts";
import { words } from "./words.ts";

/** An occasion on which the same is said to everybody. */
function saying(on: Occasion, said: Words): AnyOccasion {
  return occasion({
    on,
    data: z.object({}),
    initial: {},
    steps: { start: async (chat) => chat.say(said) },
  });
}

/** An occasion on which the menu comes after some words. */
function menuAfter(on: Occasion, said: Words): AnyOccasion {
  return occasion({
    on,
    data: z.object({}),
    initial: {},
    steps: {
      async start(chat) {
        await chat.say(said);
        chat.begin({ alias: "/menu", data: z.object({}) }, {});
      },
    },
  });
}

/** What is said on occasions for which a bot has no words of its own. People can't start them: no messenger takes "~" for a command. */
export const houseOccasions: Readonly<Record<Exclude<Occasion, "unmatched">, AnyOccasion>> = {
  later: saying("later", words.later),
  busy: saying("busy", words.busy),
  sorry: saying("sorry", words.sorry),
  changed: menuAfter("changed", words.changed),
  resumed: occasion({
    on: "resumed",
    data: z.object({}),
    initial: {},
    steps: {
      async start(chat) {
        await chat.say(words.resumed);
        chat.showKept();
      },
    },
  }),
  deleted: menuAfter("deleted", words.deleted),
  // Without a helpdesk nobody hears it; the person is told so rather than left waiting.
  "to-operator": saying("to-operator", words.noOperator),
};
