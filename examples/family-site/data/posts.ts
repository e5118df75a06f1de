import type { Database } from "./database.ts";
import { fullName } from "./users.ts";

/** A post of the feed, its picture either stored here (`pictureId`) or standing elsewhere (`imageUrl`). */
export interface Post {
  readonly id: number;
  readonly authorId: number;
  readonly authorName: string;
  readonly text: string;
  readonly pictureId: number | null;
  readonly imageUrl: string | null;
  readonly createdAt: number;
  readonly commentCount: number;
}

/** A post that is about to be stored. */
export type NewPost = Pick<Post, "authorId" | "text" | "pictureId" | "imageUrl" | "createdAt">;

type PostRow = Omit<Post, "authorName"> & { readonly name: string; readonly surname: string | null };

const SELECT = `SELECT posts.id, author_id AS authorId, users.name, users.surname, text,
  picture_id AS pictureId, image_url AS imageUrl, created_at AS createdAt,
  (SELECT count(*) FROM comments WHERE comments.post_id = posts.id) AS commentCount
  FROM posts JOIN users ON users.id = posts.author_id`;

/** One post, or `null`. */
export function findPost(db: Database, id: number): Post | null {
  const row = db.one<PostRow>(`${SELECT} WHERE posts.id = ?`, id);
  return row ? fromRow(row) : null;
}

/** At most `limit` posts older than the post `before` (or the newest of all), newest first. */
export function postsBefore(db: Database, before: number | null, limit: number): Post[] {
  const sql = `${SELECT} WHERE ?1 IS NULL OR posts.id < ?1 ORDER BY posts.id DESC LIMIT ?2`;
  return db.all<PostRow>(sql, before, limit).map(fromRow);
}

/** At most `limit` posts made after a time, newest first. */
export function postsSince(db: Database, since: number, limit: number): Post[] {
  const sql = `${SELECT} WHERE created_at > ? ORDER BY created_at DESC, posts.id DESC LIMIT ?`;
  return db.all<PostRow>(sql, since, limit).map(fromRow);
}

/** Stores a post and returns its id. Tells nobody: that is `publishPost`. */
export function addPost(db: Database, post: NewPost): number {
  return db.run(
    "INSERT INTO posts (author_id, text, picture_id, image_url, created_at) VALUES (?, ?, ?, ?, ?)",
    post.authorId,
    post.text,
    post.pictureId,
    post.imageUrl,
    post.createdAt,
  );
}

function fromRow({ name, surname, ...rest }: PostRow): Post {
  return { ...rest, authorName: fullName({ name, surname }) };
}
