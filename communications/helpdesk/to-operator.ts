import { z } from "zod";
import { SystemRefused } from "../../contract/errors.ts";
import { Media } from "../../contract/media.ts";
import type { Chat } from "../../dialogs/chat.ts";
import { answer, occasion } from "../../dialogs/communication.ts";
import { openRequest } from "./open-request.ts";
import { Words } from "./shapes.ts";
import { takeChatBack } from "./take-chat-back.ts";
import { words } from "./words.ts";

/** Passes on to the operator whatever is written while the chat is with them. */
export const toOperator = occasion({
  on: "to-operator",
  data: z.object({ text: z.string() }),
  initial: { text: "" },
  inOrder: true,
  answers: { start: answer(z.union([Words, Media]), words.wordsAgain) },
  steps: {
    async start(chat, { answer: written }) {
      if (typeof written === "string") return chat.goto("passOn", { text: written });
      await chat.say(words.textOnly);
    },
    // A step of its own: while the system is silent it is repeated in the background, whatever else is written.
    async passOn(chat, { data: { text } }) {
      if (!chat.person) {
        await takeChatBack(chat);
        return void (await chat.say(words.signInFirst));
      }
      try {
        await pass(chat, chat.person.userId, text);
      } catch (error) {
        if (!(error instanceof SystemRefused)) throw error;
        return chat.goto("closed");
      }
    },
    // The request is closed, or gone: an operator whom nothing reaches must not have the chat.
    async closed(chat) {
      await takeChatBack(chat);
      const buttons = [[{ label: words.writeAgain, command: "support" }]];
      await chat.say({ text: words.requestClosed, buttons });
    },
  },
});

/** To the request that the talk is about; where the chat was handed over without one, it becomes one. */
async function pass(chat: Pick<Chat, "system" | "get" | "set">, userId: string, text: string): Promise<void> {
  const requestId = chat.get(openRequest);
  if (requestId !== null) return chat.system.addMessage({ requestId, userId, text });
  const added = await chat.system.addRequest({ userId, text });
  await chat.set(openRequest, added.requestId);
}
