import type { Handler } from "hono";
import { type Comment, commentsOf } from "../data/comments.ts";
import { findPost, type Post, postsSince } from "../data/posts.ts";
import { findUser } from "../data/users.ts";
import { type Published, publishComment, publishPost } from "../publish.ts";
import type { Site } from "../site.ts";
import { parseId } from "../text.ts";
import { NewCommentBody, NewPostBody, NewsSearch } from "./bodies.ts";
import { effect, invalid, type Reply } from "./effect.ts";
import { refusal } from "./refusals.ts";

const NOT_FOUND = { error: "post-not-found" };

/** Posts in one answer about what is new: as many as somebody reads in a chat. */
const NEWS = 10;

/** `GET /post/{id}`; `imageUrl` and `url` are absolute. */
export function getPost(site: Site): Handler {
  return (c) => {
    const post = postOf(site, c.req.param("id"));
    return post ? c.json(postAnswer(post, site.publicUrl())) : c.json(NOT_FOUND, 404);
  };
}

/** `GET /posts?userId=&since=`: the newest ten that were made after that time; everybody may read them all. */
export function getPosts(site: Site): Handler {
  return (c) => {
    const search = NewsSearch.safeParse(c.req.query());
    if (!search.success) return invalid(c, search.error);
    const userId = parseId(search.data.userId);
    if (userId === null || !findUser(site.db, { userId })) return c.json({ error: "user-not-found" }, 404);
    const posts = postsSince(site.db, search.data.since, NEWS);
    return c.json({ posts: posts.map((post) => postAnswer(post, site.publicUrl())) });
  };
}

/** `POST /post` → `{postId}`; tells the family as a post on the pages does. */
export function postPost(site: Site): Handler {
  return effect(site, NewPostBody, ({ authorId, text, imageUrl }) =>
    reply(publishPost(site, { authorId, text, imageUrl: imageUrl ?? undefined }), "postId"),
  );
}

/** `GET /post/{id}/comments`: the newest 500, oldest first. */
export function getComments(site: Site): Handler {
  return (c) => {
    const post = postOf(site, c.req.param("id"));
    if (!post) return c.json(NOT_FOUND, 404);
    return c.json({ comments: commentsOf(site.db, post.id).map(commentAnswer) });
  };
}

/** `POST /post/{id}/comments` → `{commentId}`; tells the family as a comment on the pages does. */
export function postComment(site: Site): Handler {
  return effect(site, NewCommentBody, ({ authorId, text }, id) => {
    const postId = parseId(id);
    if (postId === null) return { status: 404, body: NOT_FOUND };
    return reply(publishComment(site, { postId, authorId, text }), "commentId");
  });
}

function postOf(site: Site, id: string | undefined): Post | null {
  const postId = parseId(id);
  return postId === null ? null : findPost(site.db, postId);
}

function reply(published: Published, idName: "postId" | "commentId"): Reply {
  return published.ok ? { status: 200, body: { [idName]: published.id } } : refusal(published.reason);
}

function postAnswer(
  { id, authorId, authorName, text, pictureId, imageUrl, createdAt }: Post,
  publicUrl: string,
) {
  return {
    postId: id,
    authorId,
    authorName,
    text,
    imageUrl: pictureId === null ? imageUrl : `${publicUrl}/pictures/${pictureId}`,
    url: `${publicUrl}/posts/${id}`,
    createdAt: new Date(createdAt).toISOString(),
  };
}

function commentAnswer({ id, createdAt, postId, authorId, authorName, text }: Comment) {
  return { commentId: id, postId, authorId, authorName, text, createdAt: new Date(createdAt).toISOString() };
}
