import { reminder } from "../../dialogs/communication.ts";
import { askForRating, RatingData, ratingAnswers, ratingSteps } from "../helpdesk/rating.ts";
import { userWords } from "./user-words.ts";

/** Asks to review a finished request, if that has not been done by then (requirement 20). */
export const reviewReminder = reminder({
  name: "account/review",
  data: RatingData,
  async condition(chat, { requestId, userId }) {
    if (chat.person?.userId !== userId) return false;
    const request = await chat.system.request(requestId);
    return request !== null && request.userId === userId && request.rating === null;
  },
  answers: ratingAnswers,
  steps: {
    start: async (chat, { data: { requestId, title } }) =>
      askForRating(chat, userWords.pleaseReview(requestId, title), "letBe"),
    ...ratingSteps,
  },
});
