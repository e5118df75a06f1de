import { readFileSync } from "node:fs";
import { addComment } from "../data/comments.ts";
import type { Database } from "../data/database.ts";
import { addOrder } from "../data/orders.ts";
import { addPicture } from "../data/pictures.ts";
import { addPost } from "../data/posts.ts";
import { addUser } from "../data/users.ts";
import { ORDERS } from "./orders.ts";
import { PEOPLE } from "./people.ts";
import { POSTS, type SeedPost } from "./posts.ts";

const HOUR_MS = 60 * 60 * 1000;

/** Fills an empty database with the demonstration; on one that knows anybody, does nothing. Tells nobody anything. */
export function seed(db: Database, now: number): void {
  db.transaction(() => {
    if (db.one("SELECT id FROM users LIMIT 1")) return;
    for (const person of PEOPLE) addUser(db, person, person.id);
    for (const post of POSTS) seedPost(db, post, now);
    for (const { hoursAgo, ...order } of ORDERS) {
      addOrder(db, { ...order, currency: "RUB", createdAt: now - hoursAgo * HOUR_MS });
    }
  });
}

function seedPost(db: Database, post: SeedPost, now: number): void {
  const { authorId, text, hoursAgo } = post;
  const pictureId = post.picture ? addPicture(db, { type: "image/png", bytes: landscape() }) : null;
  const postId = addPost(db, {
    authorId,
    text,
    pictureId,
    imageUrl: null,
    createdAt: now - hoursAgo * HOUR_MS,
  });
  for (const comment of post.comments) {
    const createdAt = now - comment.hoursAgo * HOUR_MS;
    addComment(db, { postId, authorId: comment.authorId, text: comment.text, createdAt });
  }
}

function landscape(): Uint8Array {
  return readFileSync(new URL("./mikhailovskoye.png", import.meta.url));
}
