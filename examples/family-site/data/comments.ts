import type { Database } from "./database.ts";
import { fullName } from "./users.ts";

/** A comment under a post. */
export interface Comment {
  readonly id: number;
  readonly postId: number;
  readonly authorId: number;
  readonly authorName: string;
  readonly text: string;
  readonly createdAt: number;
}

/** A comment that is about to be stored. */
export type NewComment = Omit<Comment, "id" | "authorName">;

type CommentRow = Omit<Comment, "authorName"> & { readonly name: string; readonly surname: string | null };

/** As many comments as one answer or page carries: a bound, so that no post can make either endless. */
const NEWEST = 500;

/** The newest 500 comments of a post, oldest first. */
export function commentsOf(db: Database, postId: number): Comment[] {
  const rows = db.all<CommentRow>(
    `SELECT comments.id, post_id AS postId, author_id AS authorId, name, surname, text, created_at AS createdAt
     FROM comments JOIN users ON users.id = author_id
     WHERE post_id = ? ORDER BY comments.id DESC LIMIT ?`,
    postId,
    NEWEST,
  );
  return rows
    .reverse()
    .map(({ name, surname, ...rest }) => ({ ...rest, authorName: fullName({ name, surname }) }));
}

/** Stores a comment and returns its id. Tells nobody: that is `publishComment`. */
export function addComment(db: Database, comment: NewComment): number {
  return db.run(
    "INSERT INTO comments (post_id, author_id, text, created_at) VALUES (?, ?, ?, ?)",
    comment.postId,
    comment.authorId,
    comment.text,
    comment.createdAt,
  );
}
