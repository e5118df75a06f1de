import { randomUUID } from "node:crypto";
import type { Context, Hono } from "hono";
import { etag } from "hono/etag";
import { ordersOf } from "../data/orders.ts";
import { findPicture } from "../data/pictures.ts";
import { postsBefore } from "../data/posts.ts";
import { allUsers, fullName } from "../data/users.ts";
import type { Site } from "../site.ts";
import { parseId } from "../text.ts";
import { actorOf } from "./actor.ts";
import { familyPage } from "./family.ts";
import { feedItems, feedPage } from "./feed.ts";
import { newPostPage } from "./new-post.ts";
import { ordersPage } from "./orders.ts";
import { postLive, postPage } from "./post.ts";
import { show, viewOf } from "./show.ts";
import { firstLine } from "./words.ts";

/** Posts on one page of the feed. */
const PAGE_POSTS = 20;

/** The pages to look at. */
export function readingRoutes(site: Site, pages: Hono): void {
  const { db } = site;
  const emptyForm = () => ({ key: randomUUID(), text: "", problem: null });

  pages.get("/", (c) => feed(site, c));
  pages.get("/posts/new", (c) => show(site, c, "Новая запись", newPostPage(emptyForm())));
  pages.get("/posts/:id", (c) => {
    const view = viewOf(db, parseId(c.req.param("id")) ?? 0);
    if (!view) return c.notFound();
    return show(site, c, firstLine(view.post.text, 60), postPage(view, actorOf(db, c), emptyForm()));
  });
  pages.get("/family", (c) => show(site, c, "Семья", familyPage(allUsers(db), site.botLink)));
  pages.get("/orders", (c) => orders(site, c));
  pages.get("/pictures/:id", (c) => picture(site, c, parseId(c.req.param("id"))));

  // An open page asks every other second: the tag makes "nothing new" an empty answer.
  pages.use("/live", etag());
  pages.use("/posts/:id/live", etag());
  pages.get("/live", (c) => fragment(c, feedItems(postsBefore(db, null, PAGE_POSTS))));
  pages.get("/posts/:id/live", (c) => {
    const view = viewOf(db, parseId(c.req.param("id")) ?? 0);
    return view ? fragment(c, postLive(view)) : c.notFound();
  });
}

function feed(site: Site, c: Context): Promise<Response> {
  const before = parseId(c.req.query("before"));
  const found = postsBefore(site.db, before, PAGE_POSTS + 1);
  const posts = found.slice(0, PAGE_POSTS);
  const olderThan = found.length > PAGE_POSTS ? (posts.at(-1)?.id ?? null) : null;
  return show(site, c, "Лента", feedPage({ posts, olderThan, live: before === null }));
}

function orders(site: Site, c: Context): Promise<Response> {
  const actor = actorOf(site.db, c);
  const all = actor.role !== "user";
  const names = new Map(allUsers(site.db).map((user) => [user.id, fullName(user)]));
  return show(site, c, "Заказы", ordersPage(ordersOf(site.db, all ? null : actor.id), names, all));
}

function picture(site: Site, c: Context, id: number | null): Response | Promise<Response> {
  const found = id === null ? null : findPicture(site.db, id);
  if (!found) return c.notFound();
  // A picture never changes under its id.
  c.header("Cache-Control", "public, max-age=31536000, immutable");
  return c.body(new Uint8Array(found.bytes), 200, { "Content-Type": found.type });
}

function fragment(c: Context, content: ReturnType<typeof postLive>): Response | Promise<Response> {
  c.header("Cache-Control", "no-cache");
  return c.html(content);
}
