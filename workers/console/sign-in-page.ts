import { html } from "hono/html";
import { type Html, page } from "./page.ts";

/** The page that asks for a token; `wrong` after one that is not good. Who signs in goes on to `next`. */
export function signInPage(next: string, wrong = false): Html {
  return page(
    "Beseda API",
    html`<main class="sign-in">
      <h1>Beseda API</h1>
      <p>This documentation is for those who hold an API token, and shows the bots of that token.</p>
      <form method="post" action="/api/docs/sign-in">
        <input name="next" type="hidden" value="${next}" />
        <label for="token">API token</label>
        <input id="token" name="token" type="password" autocomplete="off" required autofocus />
        ${wrong ? html`<p class="wrong" role="alert">This token is not known, or not good any more.</p>` : ""}
        <button type="submit">Sign in</button>
      </form>
    </main>`,
    // Not deferred: there is no form to be sent before it runs.
    html`<script src="/sign-in.js"></script>`,
  );
}
