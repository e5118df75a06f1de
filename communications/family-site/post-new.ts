import { z } from "zod";
import { Id } from "../../contract/id.ts";
import { refuse } from "../../contract/refusal.ts";
import { Post } from "../../contract/system.ts";
import { communication } from "../../dialogs/communication.ts";
import { told, withRecipients } from "../../dialogs/recipients.ts";
import { answers, askForAnswer, letBe, publish } from "./answering.ts";
import { section } from "./section.ts";
import { words } from "./words.ts";

/** An address that a messenger can open. */
const Address = z.url({ protocol: /^https?$/ }).max(2048);

/** A post that comes with the call, for systems that would rather not be asked for it (requirement 32). */
const PushedPost = z.strictObject({
  text: z.string().max(20_000).describe("Its text"),
  authorName: z.string().max(200).describe("Who wrote it, as it is shown"),
  imageUrl: Address.optional().describe("Address of its picture"),
  url: Address.describe("Address of its page"),
});

/** Family map, row 1: send a new post, text and picture, to the family, and let them answer it (requirements 12, 28). */
export const postNew = communication({
  alias: "post/new",
  summary: "Tell users of a new post",
  map: {
    section,
    event: "A new post is on the family site",
    communication: "All family members who have the bot get the post",
    description:
      "Its text and its picture, fetched once however many are told, or taken from the call. A reply, or the button, publishes a comment on the site.",
  },
  example: { postId: 1, authorId: 3, userIds: [127, 1707] },
  params: withRecipients({
    postId: Id.describe("The post; unless `post` brings them, its text and picture are fetched, once a call"),
    authorId: Id.describe("Who wrote it"),
    post: PushedPost.optional().describe("The post itself; then nothing is fetched"),
  }),
  data: z.object({
    post: Post,
    /** Whether it came with the call: the system may have no way to ask for it. */
    isPushed: z.boolean().default(false),
  }),
  kind: { ru: "Новые записи", en: "New posts" },

  audience: (params) => told(params),

  async prepare({ postId, authorId, post: pushed }, system) {
    if (pushed) {
      const { imageUrl = null, ...rest } = pushed;
      return { post: { postId, authorId, picture: imageUrl, ...rest }, isPushed: true };
    }
    const post = await system.post(postId);
    return post ? { post } : refuse("post-not-found");
  },

  async refresh(data, system) {
    if (data.isPushed) return data;
    const post = await system.post(data.post.postId);
    return post && { post };
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
