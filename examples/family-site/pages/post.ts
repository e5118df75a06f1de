import { html } from "hono/html";
import type { Comment } from "../data/comments.ts";
import type { Notice } from "../data/outbox.ts";
import type { Post } from "../data/posts.ts";
import { fullName, type User } from "../data/users.ts";
import { byline, pictureSource } from "./feed.ts";
import type { Html } from "./layout.ts";
import { botStatus } from "./notice.ts";
import { counted } from "./words.ts";

/** A post with all that was said about it. */
export interface PostView {
  readonly post: Post;
  readonly comments: readonly Comment[];
  readonly notices: readonly Notice[];
}

/** The comment form: its one-time key, and what was written where it has to be shown again. */
export interface CommentForm {
  readonly key: string;
  readonly text: string;
  readonly problem: string | null;
}

/** The page of a post; `answering` is the form of a comment, or what a guest sees in its place. */
export function postPage(view: PostView, answering: Html): Html {
  const { post } = view;
  const source = pictureSource(post);
  return html`<p class="back"><a href="/">← Вся лента</a></p>
    <article class="card post whole" data-testid="post">
      ${byline(post)}
      ${source === null ? "" : html`<img class="picture" src="${source}" alt="Картинка к записи" referrerpolicy="no-referrer" />`}
      <p class="text" data-testid="post-text">${post.text}</p>
    </article>
    <section class="comments" data-testid="comments" data-live="/posts/${post.id}/live" aria-live="polite">
      ${postLive(view)}
    </section>
    ${answering}`;
}

/** What changes while a post is open; its parts carry keys, so that the script replaces only what is new. */
export function postLive({ post, comments, notices }: PostView): Html {
  // Later notices overwrite earlier ones: the last word about a post or comment counts.
  const about = new Map(notices.map((notice) => [notice.part, notice]));
  const count = comments.length;
  const back = `/posts/${post.id}`;
  return html`<div data-key="status">${botStatus(about.get(null), back)}</div>
    <h2 data-key="count" data-testid="comment-count">
      ${count === 0 ? "Пока никто не ответил" : counted(count, "комментарий", "комментария", "комментариев")}
    </h2>
    ${comments.map(
      (
        comment,
      ) => html`<article class="comment" id="comment-${comment.id}" data-testid="comment" data-key="comment-${comment.id}">
        ${byline(comment)}
        <p class="text" data-testid="comment-text">${comment.text}</p>
        ${botStatus(about.get(`comment:${comment.id}`), back)}
      </article>`,
    )}`;
}

/** The form by which somebody comments on a post. */
export function commentForm(post: Post, actor: User, { key, text, problem }: CommentForm): Html {
  return html`<form class="card form" method="post" action="/posts/${post.id}/comments" data-testid="comment-form" data-once>
    <label for="text">Ваш комментарий</label>
    ${problem === null ? "" : html`<p class="problem" id="problem" role="alert">${problem}</p>`}
    <textarea id="text" name="text" rows="3" maxlength="4096" required ${problem === null ? "" : "aria-describedby=problem aria-invalid=true"}>${text}</textarea>
    <input type="hidden" name="formKey" value="${key}" />
    <div class="form-end">
      <span class="hint">Пишет ${fullName(actor)}. Бот расскажет родным в Telegram.</span>
      <button class="button" data-testid="comment-submit">Отправить</button>
    </div>
  </form>`;
}
