import { z } from "zod";
import { Id } from "../../contract/id.ts";
import type { Post } from "../../contract/system.ts";
import type { Endpoint } from "../endpoint.ts";
import { PageUrl, UserId } from "./wire.ts";

const PostId = Id.describe("The post's id");

const PostAnswer = z
  .object({
    postId: PostId,
    authorId: UserId,
    authorName: z.string().describe("The author's name, as people read it"),
    text: z.string().describe("What they wrote"),
    // A post is worth telling without its picture too.
    imageUrl: z
      .url()
      .nullish()
      .catch(null)
      .describe("Whole address of its picture; the messenger fetches it. What is none is left out"),
    url: PageUrl,
  })
  .transform(({ imageUrl, ...rest }): Post => ({ ...rest, picture: imageUrl ?? null }));

const examplePost = {
  postId: 3,
  authorId: 127,
  authorName: "Александр Пушкин",
  text: "Доехал до Михайловского. Тихо, солнце садится прямо в озеро.",
  imageUrl: "https://site.example/pictures/1",
  url: "https://site.example/posts/3",
};

/** A post to tell of. */
export const post = {
  name: "post",
  method: "GET",
  path: "/post/{postId}",
  summary: "A post, once a call of `post/new` or `comment/new`, and when it is shown again.",
  maps: ["family-site"],
  params: z.object({ postId: PostId }),
  answer: PostAnswer,
  absent: "There is no such post, or no longer: the call is refused with `post-not-found`.",
  shared: { is: true, why: "One post goes to many people at the same time." },
  example: { params: { postId: 3 }, answer: examplePost },
} as const satisfies Endpoint;

/** Most posts that a person is shown of what they missed. */
const MOST_NEWS = 10;

/** What came while somebody was away. */
export const news = {
  name: "news",
  method: "GET",
  path: "/posts",
  summary: "The posts that this user may read and that came since a time, for somebody who comes back.",
  maps: ["family-site"],
  query: z.object({
    userId: UserId,
    since: z.iso.datetime().describe("ISO 8601, UTC"),
  }),
  answer: z
    .object({ posts: z.array(PostAnswer).describe(`The newest first, ${MOST_NEWS} at the most`) })
    .transform(({ posts }) => posts.slice(0, MOST_NEWS)),
  absent: "The same as no posts.",
  shared: { is: false, why: "Everybody has news of their own." },
  example: { query: { userId: 127, since: "2026-01-01T09:00:00.000Z" }, answer: { posts: [examplePost] } },
} as const satisfies Endpoint;

/** A comment from the messenger. */
export const addComment = {
  name: "addComment",
  method: "POST",
  path: "/post/{postId}/comments",
  summary: "Stores a comment that was written in the bot; call `comment/new` for the others then.",
  maps: ["family-site"],
  params: z.object({ postId: PostId }),
  body: z.object({ authorId: UserId, text: z.string().describe("What they wrote") }),
  answer: z.object({ commentId: Id.describe("The comment's id") }),
  absent: "There is no such post or user; the person is told that it did not work out.",
  example: {
    params: { postId: 3 },
    body: { authorId: 1707, text: "Какой закат! Приеду в пятницу." },
    answer: { commentId: 12 },
  },
} as const satisfies Endpoint;
