import { randomUUID } from "node:crypto";
import type { Context, Hono } from "hono";
import { findUser } from "../data/users.ts";
import { publishComment, publishPost } from "../publish.ts";
import type { Site } from "../site.ts";
import { parseId } from "../text.ts";
import { actorOf, rememberActor } from "./actor.ts";
import {
  ActorFields,
  actOnce,
  CommentFields,
  formOf,
  PostFields,
  problemOf,
  readPicture,
  typed,
} from "./forms.ts";
import { pictureForms, smallForms } from "./limits.ts";
import { newPostPage } from "./new-post.ts";
import { postPage } from "./post.ts";
import { show, viewOf } from "./show.ts";

/** The forms of the feed: what a visitor can publish, and as whom. */
export function writingRoutes(site: Site, pages: Hono): void {
  const small = smallForms(site);
  pages.post("/posts", pictureForms(site), (c) => postForm(site, c));
  pages.post("/posts/:id/comments", small, (c) => commentForm(site, c, parseId(c.req.param("id"))));
  pages.post("/actor", small, async (c) => {
    const { userId, back } = ActorFields.parse(await formOf(c));
    const chosen = findUser(site.db, { userId: parseId(userId) ?? 0 });
    if (chosen?.isActive) rememberActor(c, chosen.id);
    return c.redirect(back, 303);
  });
}

async function postForm(site: Site, c: Context): Promise<Response> {
  const body = await formOf(c);
  const again = (problem: string) =>
    show(site, c, "Новая запись", newPostPage({ key: randomUUID(), text: typed(body), problem }), 422);

  const fields = PostFields.safeParse(body);
  if (!fields.success) return again(problemOf(fields.error));
  const { text, formKey } = fields.data;
  const picture = await readPicture(fields.data.picture);
  if (picture === null) return again("Картинка должна быть JPEG или PNG");

  const authorId = actorOf(site.db, c).id;
  const contents = [String(authorId), text, picture?.bytes ?? ""];
  return actOnce(site, c, { key: formKey, contents }, () => {
    const published = publishPost(site, { authorId, text, picture });
    return published.ok ? `/posts/${published.id}` : "/";
  });
}

async function commentForm(site: Site, c: Context, postId: number | null): Promise<Response> {
  const view = postId === null ? null : viewOf(site.db, postId);
  if (postId === null || view === null) return c.notFound();
  const actor = actorOf(site.db, c);
  const body = await formOf(c);
  const fields = CommentFields.safeParse(body);
  if (!fields.success) {
    const form = { key: randomUUID(), text: typed(body), problem: problemOf(fields.error) };
    return show(site, c, "Комментарий", postPage(view, actor, form), 422);
  }
  const { text, formKey } = fields.data;
  return actOnce(site, c, { key: formKey, contents: [String(actor.id), text] }, () => {
    const published = publishComment(site, { postId, authorId: actor.id, text });
    return published.ok ? `/posts/${postId}#comment-${published.id}` : "/";
  });
}
