import type { Context } from "hono";
import { html } from "hono/html";
import { commentsOf } from "../data/comments.ts";
import type { Database } from "../data/database.ts";
import { noticesOf } from "../data/outbox.ts";
import { findPost } from "../data/posts.ts";
import { allUsers } from "../data/users.ts";
import type { Site } from "../site.ts";
import { type Html, page } from "./layout.ts";
import type { PostView } from "./post.ts";
import { sessionUser } from "./session.ts";

/** As many as a page shows comments, and the post's own. */
const MOST_NOTICES = 501;

/** Statuses that a page is shown with. */
export type PageStatus = 200 | 403 | 404 | 409 | 413 | 422 | 500 | 503;

/** Answers with a whole page around `content`. */
export async function show(
  site: Site,
  c: Context,
  title: string,
  content: Html,
  status: PageStatus = 200,
  // The form that says who one is leads back here; a page shown in answer to a form may have no address of its own.
  path = c.req.method === "GET" ? c.req.path : "/",
): Promise<Response> {
  const actor = sessionUser(site, c);
  return c.html(page({ title, path, actor, people: allUsers(site.db) }, content), status);
}

/** A page that says one thing: not found, refused, failed. */
export function messagePage(site: Site, c: Context, status: PageStatus, message: string): Promise<Response> {
  const content = html`<div class="card empty" data-testid="message">
    <h1>${message}</h1>
    <p><a href="/">Вернуться в ленту</a></p>
  </div>`;
  return show(site, c, message, content, status);
}

/** Answers with a piece of a page, for the script of an open one. */
export function fragment(c: Context, content: Html): Response | Promise<Response> {
  c.header("Cache-Control", "no-cache");
  return c.html(content);
}

/** A post with its comments and what the bot answered, or `null`. */
export function viewOf(db: Database, postId: number): PostView | null {
  const post = findPost(db, postId);
  return (
    post && { post, comments: commentsOf(db, postId), notices: noticesOf(db, `post:${postId}`, MOST_NOTICES) }
  );
}
