import { type Handler, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { findOrder } from "../data/orders.ts";
import type { Site } from "../site.ts";
import { parseId } from "../text.ts";
import { bearer } from "./bearer.ts";
import { getComments, getPost, postComment, postPost } from "./posts.ts";
import { getUser, postBotMark, postUser } from "./users.ts";

/** Far more than the longest post in JSON. */
const BODY_BYTES = 64 * 1024;

/** What the main system offers the bot, under `/api`: JSON only, behind the bearer token. */
export function apiRoutes(site: Site): Hono {
  const api = new Hono();
  api.use(bearer(site.apiToken));
  api.use(bodyLimit({ maxSize: BODY_BYTES, onError: (c) => c.json({ error: "body-too-large" }, 413) }));

  api.get("/user", getUser(site));
  api.post("/user", postUser(site));
  api.post("/user/connect-bot", postBotMark(site, true));
  api.post("/user/disconnect-bot", postBotMark(site, false));
  api.post("/post", postPost(site));
  api.get("/post/:id", getPost(site));
  api.get("/post/:id/comments", getComments(site));
  api.post("/post/:id/comments", postComment(site));
  api.get("/orders/:id", getOrder(site));

  api.all("*", (c) => c.json({ error: "not-found" }, 404));
  api.onError((error, c) => {
    site.log("api failed", error);
    return c.json({ error: "internal" }, 500);
  });
  return api;
}

/** `GET /orders/{id}`; prices are whole units of the currency. */
function getOrder(site: Site): Handler {
  return (c) => {
    const id = parseId(c.req.param("id"));
    const order = id === null ? null : findOrder(site.db, id);
    if (!order) return c.json({ error: "order-not-found" }, 404);
    const { userId, status, items, total, currency } = order;
    return c.json({ orderId: order.id, userId, status, items, total, currency });
  };
}
