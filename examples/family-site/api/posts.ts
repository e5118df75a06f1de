import type { Handler } from "hono";
import { type Comment, commentsOf } from "../data/comments.ts";
import { findPost, type Post } from "../data/posts.ts";
import { type Published, publishComment, publishPost } from "../publish.ts";
import type { Site } from "../site.ts";
import { parseId } from "../text.ts";
import { NewCommentBody, NewPostBody } from "./bodies.ts";
import { effect, type Reply } from "./effect.ts";

const NOT_FOUND = { error: "post-not-found" };

/** `GET /post/{id}`; `imageUrl` and `url` are absolute. */
export function getPost(site: Site): Handler {
  return (c) => {
    const post = postOf(site, c.req.param("id"));
    return post ? c.json(postAnswer(post, site.publicUrl())) : c.json(NOT_FOUND, 404);
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
  if (published.ok) return { status: 200, body: { [idName]: published.id } };
  const { reason } = published;
  return { status: reason === "user-inactive" ? 403 : 404, body: { error: reason } };
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
