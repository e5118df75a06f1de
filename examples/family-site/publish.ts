import { randomUUID } from "node:crypto";
import { addComment } from "./data/comments.ts";
import type { Database } from "./data/database.ts";
import { addNotice } from "./data/outbox.ts";
import { addPicture, type Picture } from "./data/pictures.ts";
import { addPost, findPost } from "./data/posts.ts";
import { activeUserIdsBut, findUser } from "./data/users.ts";
import type { Site } from "./site.ts";

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
  | { readonly ok: false; readonly reason: "user-not-found" | "user-inactive" | "post-not-found" };

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
    addNotice(db, { key: randomUUID(), alias: "post/new", params, postId, commentId: null, now });
    site.wakeOutbox();
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
    addNotice(db, { key: randomUUID(), alias: "comment/new", params, postId, commentId, now });
    site.wakeOutbox();
    return { ok: true, id: commentId };
  });
}

function refusedAuthor(db: Database, authorId: number): Published | null {
  const author = findUser(db, { userId: authorId });
  if (!author) return { ok: false, reason: "user-not-found" };
  return author.isActive ? null : { ok: false, reason: "user-inactive" };
}
