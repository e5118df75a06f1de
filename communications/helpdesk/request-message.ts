import { z } from "zod";
import { SystemRefused } from "../../contract/errors.ts";
import { Id } from "../../contract/id.ts";
import { isRefusal } from "../../contract/refusal.ts";
import type { Chat } from "../../dialogs/chat.ts";
import { answer, communication } from "../../dialogs/communication.ts";
import { users } from "../../dialogs/recipients.ts";
import { openRequest } from "./open-request.ts";
import { requestOf } from "./request-of.ts";
import { sections } from "./sections.ts";
import { Words } from "./shapes.ts";
import { words } from "./words.ts";

/** Helpdesk map, row 2: bring the customer what an operator writes, and take the answer back. */
export const requestMessage = communication({
  alias: "request/message",
  summary: "Bring a user what an operator writes of their request",
  map: {
    section: sections.requests,
    event: "An operator has written to the customer",
    communication: "The customer reads it and may answer",
    description:
      "The operator's words, under their name. While the chat is with the operator, everything that the customer writes is the answer; else the button, or a reply to the message, takes it to the request.",
  },
  example: {
    requestId: 2,
    userId: 127,
    text: "Бумагу купил. Сургуча взять два куска?",
    authorName: "Лев Пушкин",
  },
  params: z.strictObject({
    requestId: Id.describe("The request that it is about"),
    userId: Id.describe("Whose request it is"),
    text: z.string().trim().min(1).max(10_000).describe("The operator's words"),
    authorName: z.string().trim().max(200).optional().describe("Who writes; else the request's performer"),
  }),
  data: z.object({
    requestId: z.string(),
    userId: z.string(),
    title: z.string(),
    text: z.string(),
    author: z.string(),
  }),
  // The bot is silent while the chat is with the operator, but for what is critical.
  critical: true,

  audience: ({ userId }) => users([userId]),

  async prepare({ requestId, userId, text, authorName }, system) {
    const request = await requestOf({ requestId, userId }, system);
    if (isRefusal(request)) return request;
    return { requestId, userId, title: request.title, text, author: authorName || request.performerName };
  },

  answers: { send: answer(Words, words.wordsAgain) },
  steps: {
    async start(chat, { data: { requestId, title, text, author } }) {
      const message = words.operatorWrites(author, title, text);
      if (!chat.withOperator) return chat.choose(message, { reply: words.reply }, { reply: "send" });
      await chat.say(message);
      // What they write now answers this, whichever request the talk began with.
      if (chat.get(openRequest) !== requestId) await chat.set(openRequest, requestId);
    },
    async reply(chat, { data: { userId } }) {
      if (chat.person?.userId !== userId) return sayNotTheirs(chat);
      return chat.ask(words.yourAnswer, "send", { options: { cancel: words.cancel } });
    },
    async cancel(chat) {
      return chat.choose(words.letBe, { reply: words.reply }, { reply: "send" });
    },
    async send(chat, { data: { requestId, userId }, answer: text }) {
      if (chat.person?.userId !== userId) return sayNotTheirs(chat);
      try {
        await chat.system.addMessage({ requestId, userId, text });
      } catch (error) {
        if (!(error instanceof SystemRefused)) throw error;
        return void (await chat.say(words.requestClosed));
      }
      return chat.choose(words.passedOn, { reply: words.replyAgain }, { reply: "send" });
    },
  },
});

/** Says that only whose request it is can answer: somebody else may be signed in here by now, or nobody. */
function sayNotTheirs(chat: Pick<Chat, "person" | "say">): Promise<void> {
  return chat.say(chat.person ? words.notYours : words.signInFirst);
}
