import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Site } from "../site.ts";
import { bearer } from "./bearer.ts";
import { getCart, getOrder } from "./orders.ts";
import { getComments, getPost, getPosts, postComment, postPost } from "./posts.ts";
import { getRequest, getTasks, postMessage, postRating, postRequest } from "./requests.ts";
import { postSite } from "./sites.ts";
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
  api.get("/user/:id/tasks", getTasks(site));
  api.get("/posts", getPosts(site));
  api.post("/post", postPost(site));
  api.get("/post/:id", getPost(site));
  api.get("/post/:id/comments", getComments(site));
  api.post("/post/:id/comments", postComment(site));
  api.get("/orders/:id", getOrder(site));
  api.get("/cart/:id", getCart(site));
  api.post("/requests", postRequest(site));
  api.get("/requests/:id", getRequest(site));
  api.post("/requests/:id/messages", postMessage(site));
  api.post("/requests/:id/rating", postRating(site));
  api.post("/sites", postSite(site));

  api.all("*", (c) => c.json({ error: "not-found" }, 404));
  api.onError((error, c) => {
    site.log("api failed", error);
    return c.json({ error: "internal" }, 500);
  });
  return api;
}
