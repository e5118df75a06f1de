import { html } from "hono/html";
import type { Html } from "./layout.ts";
import type { CommentForm } from "./post.ts";

/** The form of a new post; what stands in `form` is shown again after a mistake. */
export function newPostPage({ key, text, problem }: CommentForm): Html {
  return html`<p class="back"><a href="/">← Вся лента</a></p>
    <h1>Новая запись</h1>
    <form class="card form" method="post" action="/posts" enctype="multipart/form-data" data-testid="new-post-form" data-once>
      ${problem === null ? "" : html`<p class="problem" id="problem" role="alert" data-testid="problem">${problem}</p>`}
      <label for="text">Что у вас нового?</label>
      <textarea id="text" name="text" rows="8" maxlength="10000" required autofocus ${problem === null ? "" : "aria-describedby=problem"}>${text}</textarea>
      <label for="picture">Картинка, если есть</label>
      <input class="file" id="picture" name="picture" type="file" accept="image/jpeg,image/png" data-max-mb="5" aria-describedby="picture-hint" />
      <span class="hint" id="picture-hint">JPEG или PNG, не больше 5 МБ</span>
      <input type="hidden" name="formKey" value="${key}" />
      <div class="form-end">
        <span class="hint">Бот расскажет об этом всей семье</span>
        <button class="button" data-testid="post-submit">Опубликовать</button>
      </div>
    </form>`;
}
