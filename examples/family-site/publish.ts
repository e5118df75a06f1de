import { type RefusedAuthor, refusedAuthor } from "./author.ts";
import { addComment } from "./data/comments.ts";
import { addPicture, type Picture } from "./data/pictures.ts";
import { addPost, findPost } from "./data/posts.ts";
import { activeUserIdsBut } from "./data/users.ts";
import type { Site } from "./site.ts";
import { tell } from "./tell.ts";

/** A post as its author hands it in. */
export interface PostDraft {
  readonly authorId: number;
  readonly text: string;
  readonly picture?: Picture | undefined;
  readonly imageUrl?: string | undefined;
}

/** A comment as its author hands it in. */
export interface CommentDraft {
  readonly postId: number;
  readonly authorId: number;
  readonly text: string;
}

/** Done, or why nothing was published. */
export type Published =
  | { readonly ok: true; readonly id: number }
  | RefusedAuthor
  | { readonly ok: false; readonly reason: "post-not-found" };

/** Stores a post and, in the same transaction, what starts `post/new` for the rest of the family (requirement 28). */
export function publishPost(site: Site, draft: PostDraft): Published {
  return site.db.transaction(() => {
    const { db } = site;
    const refused = refusedAuthor(db, draft.authorId);
    if (refused) return refused;

    const now = site.clock.now();
    const pictureId = draft.picture ? addPicture(db, draft.picture) : null;
    const { authorId, text, imageUrl = null } = draft;
    const postId = addPost(db, { authorId, text, pictureId, imageUrl, createdAt: now });
    const params = { postId, authorId, userIds: activeUserIdsBut(db, authorId) };
    tell(site, { alias: "post/new", params, subject: `post:${postId}` });
    return { ok: true, id: postId };
  });
}

/** Stores a comment and, in the same transaction, what starts `comment/new` for the rest (requirement 29). */
export function publishComment(site: Site, draft: CommentDraft): Published {
  return site.db.transaction(() => {
    const { db } = site;
    const { postId, authorId, text } = draft;
    const post = findPost(db, postId);
    if (!post) return { ok: false, reason: "post-not-found" };
    const refused = refusedAuthor(db, authorId);
    if (refused) return refused;

    const now = site.clock.now();
    const commentId = addComment(db, { postId, authorId, text, createdAt: now });
    const params = {
      postId,
      authorId: post.authorId,
      commentAuthorId: authorId,
      comment: text,
      userIds: activeUserIdsBut(db, authorId),
    };
    tell(site, { alias: "comment/new", params, subject: `post:${postId}`, part: `comment:${commentId}` });
    return { ok: true, id: commentId };
  });
}
