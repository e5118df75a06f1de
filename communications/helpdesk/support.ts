import { z } from "zod";
import { answer, command } from "../../dialogs/communication.ts";
import { barredWords } from "../account/barred-words.ts";
import { unlessRefused } from "../unless-refused.ts";
import { openRequest } from "./open-request.ts";
import { Words } from "./shapes.ts";
import { words } from "./words.ts";

/** "/support": makes a request of what somebody asks, and hands the chat over to an operator. */
export const support = command({
  command: "support",
  evenWithOperator: true,
  summary: { ru: "Написать оператору", en: "Write to an operator" },
  data: z.object({}),
  initial: {},
  answers: { handOver: answer(Words, words.wordsAgain) },
  steps: {
    async start(chat) {
      if (chat.barred) return void (await chat.say(barredWords(chat.barred)));
      if (!chat.person) {
        const buttons = [[{ label: words.signIn, command: "start" }]];
        return void (await chat.say({ text: words.signInFirst, buttons }));
      }
      if (chat.withOperator) return void (await chat.say(words.alreadyWithOperator));
      const options = { cancel: words.cancel };
      return chat.ask(words.whatAbout, "handOver", { options, within: { hours: 1 }, late: "letBe" });
    },
    async cancel(chat) {
      await chat.say(words.letBe);
    },
    // What they type an hour later is hardly meant for an operator any more.
    async letBe() {},
    async handOver(chat, { answer: text }) {
      if (!chat.person) return void (await chat.say(words.signInFirst));
      const request = await unlessRefused(chat.system.addRequest({ userId: chat.person.userId, text }));
      if (!request) return void (await chat.say(words.notTaken));
      await chat.set(openRequest, request.requestId);
      await chat.handOver();
      await chat.say({ text: words.handedOver, buttons: [[{ label: words.backToBot, command: "bot" }]] });
    },
  },
});
