import { z } from "zod";
import { SystemRefused } from "../../contract/errors.ts";
import type { Post } from "../../contract/system.ts";
import type { Chat, Wait } from "../../dialogs/chat.ts";
import { answer } from "../../dialogs/communication.ts";
import { words } from "./words.ts";

/** A comment as the site takes it. */
const CommentText = z.string().trim().min(1).max(4000);

/** The answer that a step `publish` takes. */
export const answers = { publish: answer(CommentText, words.commentAgain) };

/** A chat whose dialog has the steps of answering a post: `reply` asks, `cancel` lets be, `publish` takes it to the site. */
type AnsweringChat = Chat<"reply" | "cancel" | "publish", "publish">;

/** Step `reply`: asks for the answer. */
export async function askForAnswer(chat: AnsweringChat): Promise<Wait | undefined> {
  if (chat.person) return chat.ask(words.yourComment, "publish", { options: { cancel: words.cancel } });
  await chat.say(words.signInFirst);
  return undefined;
}

/** Step `cancel`: lets the question be, and the post can be answered later. */
export async function letBe(chat: AnsweringChat): Promise<Wait> {
  return chat.choose(words.cancelled, { reply: words.reply }, { reply: "publish" });
}

/** Step `publish`: writes the answer to the site under that person's name, and offers another. */
export async function publish(chat: AnsweringChat, post: Post, text: string): Promise<Wait | undefined> {
  if (!chat.person) {
    await chat.say(words.signInFirst);
    return undefined;
  }
  try {
    await chat.system.addComment({ postId: post.postId, authorId: chat.person.userId, text });
  } catch (error) {
    if (!(error instanceof SystemRefused)) throw error;
    await chat.say(error.status === 404 ? words.postGone : words.notTaken);
    return undefined;
  }
  return chat.choose(words.published, { reply: words.replyAgain }, { reply: "publish" });
}
