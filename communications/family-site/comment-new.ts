import { z } from "zod";
import { Id } from "../../contract/id.ts";
import { refuse } from "../../contract/refusal.ts";
import { Post } from "../../contract/system.ts";
import { communication } from "../../dialogs/communication.ts";
import { told, withRecipients } from "../../dialogs/recipients.ts";
import { answers, askForAnswer, letBe, publish } from "./answering.ts";
import { section } from "./section.ts";
import { words } from "./words.ts";

/** Family map, row 2: tell the family of a new comment, and let them answer it from the chat (requirements 13, 29). */
export const commentNew = communication({
  alias: "comment/new",
  summary: "Tell users of a new comment on a post",
  map: {
    section,
    event: "A family member has commented on a post",
    communication: "All family members who have the bot, but the comment's author, get the comment",
    description: "The comment itself, and a way to answer it right in the messenger.",
  },
  example: {
    postId: 1,
    authorId: 3,
    commentAuthorId: 127,
    comment: "Какая красота!",
    userIds: [127, 1707],
  },
  params: withRecipients({
    postId: Id.describe("The post that was commented on"),
    authorId: Id.describe("Who wrote the post"),
    commentAuthorId: Id.optional().describe("Who wrote the comment; they are not told of it"),
    comment: z.string().max(10_000).optional().describe("The comment's text"),
  }),
  data: z.object({ post: Post, comment: z.string(), commentAuthor: z.string() }),
  kind: { ru: "Комментарии", en: "Comments" },

  audience: (params) =>
    told(params, { except: params.commentAuthorId === undefined ? [] : [params.commentAuthorId] }),

  async prepare({ postId, comment = "", commentAuthorId }, system) {
    const [post, author] = await Promise.all([
      system.post(postId),
      commentAuthorId === undefined ? null : system.user({ userId: commentAuthorId }),
    ]);
    if (!post) return refuse("post-not-found");
    return { post, comment, commentAuthor: author ? `${author.firstName} ${author.lastName}`.trim() : "" };
  },

  async refresh(data, system) {
    const post = await system.post(data.post.postId);
    return post && { ...data, post };
  },

  answers,
  steps: {
    async start(chat, { data: { post, comment, commentAuthor } }) {
      const author = commentAuthor || words.someone[chat.language];
      const message = {
        text: words.commented(author, comment, post.text),
        buttons: [[{ label: words.openPost, url: post.url }]],
      };
      return chat.choose(message, { reply: words.reply }, { reply: "publish" });
    },
    reply: askForAnswer,
    cancel: letBe,
    publish: (chat, { data: { post }, answer: text }) => publish(chat, post, text),
  },
});
