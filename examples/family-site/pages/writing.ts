import { randomUUID } from "node:crypto";
import type { Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { retryFailed } from "../data/outbox.ts";
import { findUser } from "../data/users.ts";
import { publishComment, publishPost } from "../publish.ts";
import type { Site } from "../site.ts";
import { parseId } from "../text.ts";
import { actorOf, rememberActor } from "./actor.ts";
import {
  ActorFields,
  CommentFields,
  formOf,
  PICTURE_BYTES,
  PostFields,
  problemOf,
  publishOnce,
  readPicture,
  typed,
} from "./forms.ts";
import { newPostPage } from "./new-post.ts";
import { postPage } from "./post.ts";
import { messagePage, show, viewOf } from "./show.ts";

/** Room for a form's text and wrapping, beside its picture. */
const FORM_BYTES = 64 * 1024;

/** The forms: what a visitor can do on the pages. */
export function writingRoutes(site: Site, pages: Hono): void {
  const tooBig = (c: Context) =>
    messagePage(site, c, 413, "Слишком большая отправка. Картинка — не больше 5 МБ.");
  const small = bodyLimit({ maxSize: FORM_BYTES, onError: tooBig });
  pages.post("/posts", bodyLimit({ maxSize: PICTURE_BYTES + FORM_BYTES, onError: tooBig }), (c) =>
    postForm(site, c),
  );
  pages.post("/posts/:id/comments", small, (c) => commentForm(site, c, parseId(c.req.param("id"))));
  pages.post("/actor", small, async (c) => {
    const { userId, back } = ActorFields.parse(await formOf(c));
    const chosen = findUser(site.db, { userId: parseId(userId) ?? 0 });
    if (chosen?.isActive) rememberActor(c, chosen.id);
    return c.redirect(back, 303);
  });
  pages.post("/posts/:id/notices/:notice/retry", (c) => {
    const postId = parseId(c.req.param("id"));
    const id = parseId(c.req.param("notice"));
    if (postId === null || id === null) return c.notFound();
    retryFailed(site.db, { id, postId, key: randomUUID(), now: site.clock.now() });
    site.wakeOutbox();
    return c.redirect(`/posts/${postId}`, 303);
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
  const publish = () => publishPost(site, { authorId, text, picture });
  return publishOnce(site, c, { key: formKey, contents }, publish, (id) => `/posts/${id}`);
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
  const publish = () => publishComment(site, { postId, authorId: actor.id, text });
  const contents = [String(actor.id), text];
  return publishOnce(site, c, { key: formKey, contents }, publish, (id) => `/posts/${postId}#comment-${id}`);
}
