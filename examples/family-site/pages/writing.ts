import { randomUUID } from "node:crypto";
import type { Context, Hono } from "hono";
import type { User } from "../data/users.ts";
import { publishComment, publishPost } from "../publish.ts";
import type { Site } from "../site.ts";
import { parseId } from "../text.ts";
import {
  actOnce,
  BackPath,
  CommentFields,
  formOf,
  PostFields,
  problemOf,
  readPicture,
  typed,
} from "./forms.ts";
import { signedIn } from "./guest.ts";
import { pictureForms, smallForms } from "./limits.ts";
import { newPostPage } from "./new-post.ts";
import { commentForm, postPage } from "./post.ts";
import { show, viewOf } from "./show.ts";

/** The forms of the feed: what can be published. */
export function writingRoutes(site: Site, pages: Hono): void {
  const small = smallForms(site);
  pages.post(
    "/posts",
    pictureForms(site),
    signedIn(site, { inOrderTo: "написать родным", back: "/posts/new" }, (c, author) =>
      publish(site, c, author),
    ),
  );
  pages.post(
    "/posts/:id/comments",
    small,
    signedIn(
      site,
      (c) => ({ inOrderTo: "ответить", back: BackPath.parse(`/posts/${c.req.param("id")}`) }),
      (c, author) => comment(site, c, author, parseId(c.req.param("id"))),
    ),
  );
}

async function publish(site: Site, c: Context, { id: authorId }: User): Promise<Response> {
  const body = await formOf(c);
  const again = (problem: string) =>
    show(site, c, "Новая запись", newPostPage({ key: randomUUID(), text: typed(body), problem }), 422);

  const fields = PostFields.safeParse(body);
  if (!fields.success) return again(problemOf(fields.error));
  const { text, formKey } = fields.data;
  const picture = await readPicture(fields.data.picture);
  if (picture === null) return again("Картинка должна быть JPEG или PNG");

  const contents = [String(authorId), text, picture?.bytes ?? ""];
  return actOnce(site, c, { key: formKey, contents }, () => {
    const published = publishPost(site, { authorId, text, picture });
    return published.ok ? `/posts/${published.id}` : "/";
  });
}

async function comment(site: Site, c: Context, author: User, postId: number | null): Promise<Response> {
  const view = postId === null ? null : viewOf(site.db, postId);
  if (postId === null || view === null) return c.notFound();
  const body = await formOf(c);
  const fields = CommentFields.safeParse(body);
  if (!fields.success) {
    const form = { key: randomUUID(), text: typed(body), problem: problemOf(fields.error) };
    return show(site, c, "Комментарий", postPage(view, commentForm(view.post, author, form)), 422);
  }
  const { text, formKey } = fields.data;
  return actOnce(site, c, { key: formKey, contents: [String(author.id), text] }, () => {
    const published = publishComment(site, { postId, authorId: author.id, text });
    return published.ok ? `/posts/${postId}#comment-${published.id}` : "/";
  });
}
