import type { Context, Handler } from "hono";
import { html } from "hono/html";
import { allUsers, fullName, type User } from "../data/users.ts";
import type { Site } from "../site.ts";
import type { Html } from "./layout.ts";
import { sessionUser } from "./session.ts";
import { type PageStatus, show } from "./show.ts";

/** What a page wants of a guest: «Войдите, чтобы …», and where they come to once they are signed in. */
export interface Wanted {
  readonly inOrderTo: string;
  readonly back: string;
}

/** Lets `act` answer whoever is signed in; a guest sees the ways to sign in. */
export function signedIn(
  site: Site,
  wanted: Wanted | ((c: Context) => Wanted),
  act: (c: Context, user: User) => Response | Promise<Response>,
): Handler {
  return (c) => {
    const user = sessionUser(site, c);
    return user ? act(c, user) : guestPage(site, c, typeof wanted === "function" ? wanted(c) : wanted);
  };
}

/** The page that a guest sees in place of one that is somebody's. */
export function guestPage(
  site: Site,
  c: Context,
  { inOrderTo, back }: Wanted,
  status: PageStatus = 403,
): Promise<Response> {
  const content = html`<section class="card guest" data-testid="guest-page">
    <h1>Войдите, чтобы ${inOrderTo}</h1>
    ${waysIn(site, back)}
  </section>`;
  return show(site, c, "Вход", content, status, back);
}

/** What stands on a page where a form would be, were the guest somebody. */
export function guestHint(site: Site, { inOrderTo, back }: Wanted): Html {
  return html`<section class="card guest" data-testid="guest-hint">
    <h2>Войдите, чтобы ${inOrderTo}</h2>
    ${waysIn(site, back)}
  </section>`;
}

function waysIn({ db, botStartLink }: Site, back: string): Html {
  const active = allUsers(db).filter((user) => user.isActive);
  // Whoever comes from the bot has its link already: another one would lead them in a circle.
  const isFromBot = back === "/link" || back.startsWith("/link/");
  return html`${
    isFromBot
      ? ""
      : html`<p class="row">
          <a class="button" href="${botStartLink}?start=site" target="_blank" rel="noopener" data-testid="sign-in-telegram"
            >Войти через Telegram</a>
          <span class="hint">Бот пришлёт ссылку сюда и PIN-код.</span>
        </p>`
  }
    <form class="field" method="post" action="/actor" data-once>
      <label for="sign-in-as">${isFromBot ? "Кто вы?" : "Или без Telegram: кто вы?"}</label>
      <div class="row">
        <select id="sign-in-as" name="userId" autocomplete="off">
          ${active.map((user) => html`<option value="${user.id}">${fullName(user)}</option>`)}
        </select>
        <input type="hidden" name="back" value="${back}" />
        <button class="button calm" data-testid="sign-in-as">Войти</button>
      </div>
      <span class="hint">Это демонстрация, паролей здесь нет: можно войти кем угодно из семьи.</span>
    </form>`;
}
