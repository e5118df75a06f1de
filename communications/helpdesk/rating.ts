import { z } from "zod";
import { SystemRefused } from "../../contract/errors.ts";
import type { Sayable } from "../../contract/words.ts";
import type { Chat, Wait } from "../../dialogs/chat.ts";
import { answer } from "../../dialogs/communication.ts";
import { words } from "./words.ts";

/** What a dialog that asks for a rating carries from step to step. */
export const RatingData = z.object({
  requestId: z.string(),
  userId: z.string(),
  title: z.string(),
  /** 1 to 5, once it was said; it goes to the system with the comment. */
  stars: z.number().nullable(),
});

type RatingData = z.infer<typeof RatingData>;

/** What a customer says of how a request went. */
const Comment = z.string().trim().min(1).max(2000);

/** A number of stars, of somebody who writes it in reply to the question. */
const Stars = z
  .string()
  .trim()
  .regex(/^[1-5]$/)
  .transform(Number);

/** The answers that the steps below take. */
export const ratingAnswers = {
  stars: answer(Stars, words.starsAgain),
  comment: answer(Comment, words.commentAgain),
};

/** The steps of rating: a button each for one to five stars, the comment or none, and what is done about silence. */
type RatingStep =
  | "rate1"
  | "rate2"
  | "rate3"
  | "rate4"
  | "rate5"
  | "stars"
  | "comment"
  | "noComment"
  | "remind"
  | "letBe";

type RatingChat = Chat<RatingStep, "stars" | "comment", RatingData>;

/** How long an answer is waited for: before the one reminder, and after it. */
const PATIENCE = { days: 3 };

/** How long a comment is waited for; then the stars go to the system without one. */
const COMMENT_PATIENCE = { hours: 1 };

/** The key of the account's own reminder to rate a request. */
export function reviewReminderKey(requestId: string): string {
  return `review/${requestId}`;
}

/**
 * The question, with its five buttons; the best stands first. A number in reply is an answer, too.
 * @param late what is done about silence: one reminder, or nothing
 */
export function askForRating(chat: RatingChat, message: Sayable, late: "remind" | "letBe"): Wait {
  const { rate1, rate2, rate3, rate4, rate5 } = words.rates;
  const more = { reply: "stars", within: PATIENCE, late } as const;
  return chat.choose(message, { rate5, rate4, rate3, rate2, rate1 }, more);
}

/** The step of one button: keeps the stars and asks for a comment. */
function rated(stars: number) {
  return async (chat: RatingChat, { data }: { readonly data: RatingData }): Promise<Wait> =>
    chat.ask(stars > 3 ? words.glad : words.sorry, "comment", {
      options: { noComment: words.noComment },
      data: { ...data, stars },
      within: COMMENT_PATIENCE,
      late: "noComment",
    });
}

/** The steps of a dialog that asks with `askForRating`. */
export const ratingSteps = {
  rate1: rated(1),
  rate2: rated(2),
  rate3: rated(3),
  rate4: rated(4),
  rate5: rated(5),
  stars: (chat: RatingChat, { data, answer }: { readonly data: RatingData; readonly answer: number }) =>
    rated(answer)(chat, { data }),
  comment: (
    chat: RatingChat,
    { data, answer: text }: { readonly data: RatingData; readonly answer: string },
  ) => rate(chat, data, text),
  noComment: (chat: RatingChat, { data }: { readonly data: RatingData }) => rate(chat, data, ""),

  async remind(chat: RatingChat, { data }: { readonly data: RatingData }): Promise<Wait | undefined> {
    if (chat.person?.userId !== data.userId) return undefined;
    // One reminder is enough, where they came back meanwhile, and their tasks name this request, too.
    chat.forget(reviewReminderKey(data.requestId));
    const request = await chat.system.request(data.requestId);
    if (!request || request.rating !== null) return undefined;
    return askForRating(chat, words.rateReminder(data.title), "letBe");
  },

  /** Nobody waits for this: it ends without a word. */
  async letBe(): Promise<undefined> {},
};

/** Takes stars and comment to the main system. */
async function rate(chat: RatingChat, data: RatingData, comment: string): Promise<undefined> {
  const { requestId, userId, stars } = data;
  if (stars === null || !chat.person) return void (await chat.say(words.signInToRate));
  if (chat.person.userId !== userId) return void (await chat.say(words.notYours));
  try {
    await chat.system.rate({ requestId, userId, rating: stars, comment });
  } catch (error) {
    if (!(error instanceof SystemRefused)) throw error;
    const request = await chat.system.request(requestId);
    return void (await chat.say(request?.rating ? words.ratedBefore : words.ratingRefused));
  }
  await chat.say(words.ratingTaken);
}
