import { randomUUID } from "node:crypto";
import type { Context, Hono } from "hono";
import { etag } from "hono/etag";
import { findFamilySite, newestFamilySites } from "../data/family-sites.ts";
import { findPicture } from "../data/pictures.ts";
import { postsBefore } from "../data/posts.ts";
import { allUsers } from "../data/users.ts";
import type { Site } from "../site.ts";
import { firstLine, parseId } from "../text.ts";
import { familyPage } from "./family.ts";
import { familySitePage } from "./family-site.ts";
import { feedItems, feedPage } from "./feed.ts";
import { guestHint, signedIn } from "./guest.ts";
import { newPostPage } from "./new-post.ts";
import { type CommentForm, commentForm, type PostView, postLive, postPage } from "./post.ts";
import { sessionUser } from "./session.ts";
import { fragment, show, viewOf } from "./show.ts";

/** Posts on one page of the feed. */
const PAGE_POSTS = 20;

/** The pages to look at. */
export function readingRoutes(site: Site, pages: Hono): void {
  const { db } = site;
  pages.get("/", (c) => feed(site, c));
  pages.get(
    "/posts/new",
    signedIn(site, { inOrderTo: "написать родным", back: "/posts/new" }, (c) =>
      show(site, c, "Новая запись", newPostPage(emptyForm())),
    ),
  );
  pages.get("/posts/:id", (c) => {
    const view = viewOf(db, parseId(c.req.param("id")) ?? 0);
    return view ? post(site, c, view) : c.notFound();
  });
  pages.get("/family", (c) =>
    show(site, c, "Семья", familyPage(allUsers(db), newestFamilySites(db), site.botLink)),
  );
  pages.get("/sites/:id", (c) => {
    const found = findFamilySite(db, parseId(c.req.param("id")) ?? 0);
    return found ? show(site, c, found.name, familySitePage(found)) : c.notFound();
  });
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

function post(site: Site, c: Context, view: PostView): Promise<Response> {
  const actor = sessionUser(site, c);
  const answering = actor
    ? commentForm(view.post, actor, emptyForm())
    : guestHint(site, { inOrderTo: "ответить", back: `/posts/${view.post.id}` });
  return show(site, c, firstLine(view.post.text, 60), postPage(view, answering));
}

function emptyForm(): CommentForm {
  return { key: randomUUID(), text: "", problem: null };
}

function picture(site: Site, c: Context, id: number | null): Response | Promise<Response> {
  const found = id === null ? null : findPicture(site.db, id);
  if (!found) return c.notFound();
  // A picture never changes under its id.
  c.header("Cache-Control", "public, max-age=31536000, immutable");
  return c.body(new Uint8Array(found.bytes), 200, { "Content-Type": found.type });
}
