import { z } from "zod";
import { Id } from "../../contract/id.ts";
import { isRefusal } from "../../contract/refusal.ts";
import { communication } from "../../dialogs/communication.ts";
import { users } from "../../dialogs/recipients.ts";
import { openRequest } from "./open-request.ts";
import { askForRating, RatingData, ratingAnswers, ratingSteps } from "./rating.ts";
import { requestOf } from "./request-of.ts";
import { sections } from "./sections.ts";
import { takeChatBack } from "./take-chat-back.ts";
import { words } from "./words.ts";

/** Helpdesk map, row 3: tell the customer that the request is finished, and ask how it went. */
export const requestFinished = communication({
  alias: "request/finished",
  summary: "Tell a user that their request is finished, and ask to rate it",
  map: {
    section: sections.requests,
    event: "A request is finished",
    communication: "The customer is told, and asked to rate it",
    description:
      "Takes the chat back from the operator, if it was about this request. Five buttons, then a comment or none; both go back to the main system. Who does not answer in three days is asked once more, and then let be.",
  },
  example: { requestId: 1, userId: 127 },
  params: z.strictObject({
    requestId: Id.describe("The request; its title and its rating are fetched from the main system"),
    userId: Id.describe("Whose request it is"),
  }),
  data: RatingData.extend({ isRated: z.boolean() }),
  // It gives the chat back, so it must come through while the chat is with the operator.
  evenWithOperator: true,
  kind: { ru: "Выполненные заявки", en: "Finished requests" },

  audience: ({ userId }) => users([userId]),

  async prepare(params, system) {
    const request = await requestOf(params, system);
    if (isRefusal(request)) return request;
    const { requestId, userId, title, rating } = request;
    return { requestId, userId, title, stars: null, isRated: rating !== null };
  },

  async refresh(data, system) {
    const request = await system.request(data.requestId);
    return request && { ...data, isRated: request.rating !== null };
  },

  answers: ratingAnswers,
  steps: {
    async start(chat, { data }) {
      const current = chat.get(openRequest);
      if (current === null || current === data.requestId) await takeChatBack(chat);
      if (!data.isRated) return askForRating(chat, words.finished(data.title), "remind");
      await chat.say(words.finishedAndRated(data.title));
    },
    ...ratingSteps,
  },
});
