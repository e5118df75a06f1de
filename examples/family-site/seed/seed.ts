import { readFileSync } from "node:fs";
import { putIntoCart } from "../data/carts.ts";
import { addComment } from "../data/comments.ts";
import type { Database } from "../data/database.ts";
import { addGood, CURRENCY } from "../data/goods.ts";
import { addMessage } from "../data/messages.ts";
import { addOrder } from "../data/orders.ts";
import { addPicture } from "../data/pictures.ts";
import { addPost } from "../data/posts.ts";
import { addRequest, markAccepted, markFinished } from "../data/requests.ts";
import { addUser } from "../data/users.ts";
import { ORDERS } from "./orders.ts";
import { PEOPLE } from "./people.ts";
import { POSTS, type SeedPost } from "./posts.ts";
import { REQUESTS, type SeedRequest } from "./requests.ts";
import { CARTS, GOODS } from "./shop.ts";

const HOUR_MS = 60 * 60 * 1000;

/**
 * Fills an empty database with the demonstration, and an older one with the shop and the helpdesk that it had not; does
 * nothing where somebody has been before. Tells nobody anything.
 */
export function seed(db: Database, now: number): void {
  const isEmpty = (table: "users" | "goods") => db.one(`SELECT id FROM ${table} LIMIT 1`) === undefined;
  db.transaction(() => {
    if (isEmpty("users")) seedFamily(db, now);
    if (isEmpty("goods")) seedShopAndHelp(db, now);
  });
}

function seedFamily(db: Database, now: number): void {
  for (const person of PEOPLE) addUser(db, person, person.id);
  for (const post of POSTS) seedPost(db, post, now);
  for (const { id, hoursAgo, ...order } of ORDERS) {
    addOrder(db, { ...order, currency: CURRENCY, createdAt: now - hoursAgo * HOUR_MS }, id);
  }
}

function seedShopAndHelp(db: Database, now: number): void {
  for (const good of GOODS) addGood(db, good);
  for (const item of CARTS) putIntoCart(db, item);
  for (const request of REQUESTS) seedRequest(db, request, now);
}

function seedRequest(db: Database, request: SeedRequest, now: number): void {
  const { userId, text, hoursAgo, performerId, finished } = request;
  const createdAt = now - hoursAgo * HOUR_MS;
  const requestId = addRequest(db, { userId, text, createdAt });
  if (performerId !== undefined) markAccepted(db, requestId, performerId);
  if (finished) markFinished(db, requestId);
  for (const message of request.messages) {
    const { authorId } = message;
    addMessage(db, { requestId, authorId, text: message.text, createdAt: now - message.hoursAgo * HOUR_MS });
  }
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
