import { z } from "zod";
import { Id } from "../../contract/id.ts";
import { refuse } from "../../contract/refusal.ts";
import { Post } from "../../contract/system.ts";
import { communication } from "../../dialogs/communication.ts";
import { told, withRecipients } from "../../dialogs/recipients.ts";
import { answers, askForAnswer, letBe, publish } from "./answering.ts";
import { section } from "./section.ts";
import { words } from "./words.ts";

/** Family map, row 1: send a new post, text and picture, to the family, and let them answer it (requirements 12, 28). */
export const postNew = communication({
  alias: "post/new",
  summary: "Tell users of a new post",
  map: {
    section,
    event: "A new post is on the family site",
    communication: "All family members who have the bot get the post",
    description:
      "Its text and its picture, fetched once however many are told. A reply, or the button, publishes a comment on the site.",
  },
  example: { postId: 1, authorId: 3, userIds: [127, 1707] },
  params: withRecipients({
    postId: Id.describe("The post; its text and picture are fetched from the main system, once a call"),
    authorId: Id.describe("Who wrote it"),
  }),
  data: z.object({ post: Post }),

  audience: (params) => told(params),

  async prepare({ postId }, system) {
    const post = await system.post(postId);
    return post ? { post } : refuse("post-not-found");
  },

  answers,
  steps: {
    async start(chat, { data: { post } }) {
      const message = {
        text: words.posted(post.authorName, post.text),
        picture: post.picture,
        buttons: [[{ label: words.openPost, url: post.url }]],
      };
      return chat.choose(message, { reply: words.reply }, { reply: "publish" });
    },
    reply: askForAnswer,
    cancel: letBe,
    publish: (chat, { data: { post }, answer: text }) => publish(chat, post, text),
  },
});
