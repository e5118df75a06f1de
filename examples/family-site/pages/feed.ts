import { html } from "hono/html";
import type { Post } from "../data/posts.ts";
import { avatar, type Html } from "./layout.ts";
import { counted, dayAndTime } from "./words.ts";

/** What the feed shows: its posts, and where older ones begin (`null` where there are none). */
export interface FeedView {
  readonly posts: readonly Post[];
  readonly olderThan: number | null;
  /** The newest page renews itself, older ones stand still. */
  readonly live: boolean;
}

/** The feed. */
export function feedPage({ posts, olderThan, live }: FeedView): Html {
  return html`<div class="title-row">
      <h1>Что нового дома</h1>
      <a class="button" href="/posts/new" data-testid="new-post">Новая запись</a>
    </div>
    <div class="feed" data-testid="feed" ${live ? "data-live=/live" : ""}>${feedItems(posts)}</div>
    ${olderThan === null ? "" : html`<p class="more"><a href="/?before=${olderThan}">Более ранние записи</a></p>`}`;
}

/** The feed's posts alone; the script on an open page fetches them again and again. */
export function feedItems(posts: readonly Post[]): Html {
  return html`${posts.map(card)}`;
}

/** A post's picture, `null` where it has none. */
export function pictureSource(post: Post): string | null {
  return post.pictureId === null ? post.imageUrl : `/pictures/${post.pictureId}`;
}

/** Who wrote it and when. */
export function byline(by: { authorId: number; authorName: string; createdAt: number }): Html {
  return html`<div class="byline">
    ${avatar({ id: by.authorId, name: by.authorName })}
    <div>
      <span class="author" data-testid="author">${by.authorName}</span>
      <time datetime="${new Date(by.createdAt).toISOString()}">${dayAndTime(by.createdAt)}</time>
    </div>
  </div>`;
}

function card(post: Post): Html {
  const source = pictureSource(post);
  const link = `/posts/${post.id}`;
  return html`<article class="card post" data-testid="post" data-key="post-${post.id}">
    ${byline(post)}
    ${source === null ? "" : html`<a href="${link}" tabindex="-1"><img class="picture" src="${source}" alt="Картинка к записи" referrerpolicy="no-referrer" /></a>`}
    <p class="text clamped">${post.text}</p>
    <a class="open" href="${link}" data-testid="post-link"
      >${post.commentCount === 0 ? "Написать первый комментарий" : counted(post.commentCount, "комментарий", "комментария", "комментариев")}</a>
  </article>`;
}
