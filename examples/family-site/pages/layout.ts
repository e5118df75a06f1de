import { html } from "hono/html";
import { fullName, type User } from "../data/users.ts";

/** A piece of a page; whatever was put into it is escaped already. */
export type Html = ReturnType<typeof html>;

/** What every page shows around its own content. */
export interface Frame {
  readonly title: string;
  readonly path: string;
  /** Who is signed in; `null` for a guest. */
  readonly actor: User | null;
  readonly people: readonly User[];
}

/** `also`: pages that belong to a section and stand beside it. */
const SECTIONS: readonly { readonly path: string; readonly name: string; readonly also?: string }[] = [
  { path: "/", name: "Лента" },
  { path: "/family", name: "Семья", also: "/sites/" },
  { path: "/shop", name: "Лавка", also: "/carts/" },
  { path: "/orders", name: "Заказы" },
  { path: "/requests", name: "Помощь" },
  { path: "/profile", name: "Профиль" },
  { path: "/admin", name: "Управление" },
];

/** A whole page. Scripts and styles are files, so that the content security policy can forbid all inline ones. */
export function page(frame: Frame, content: Html): Html {
  return html`<!doctype html>
    <html lang="ru">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${frame.title} · Дом на Мойке</title>
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/assets/site.css" />
        <script type="module" src="/assets/site.js"></script>
      </head>
      <body>
        <a class="skip" href="#content">К содержанию</a>
        ${header(frame)}
        <main id="content">${content}</main>
        <footer class="footer">Дом на Мойке — семейный сайт Пушкиных и друзей</footer>
      </body>
    </html>`;
}

/** A round sign with a person's initials, in a colour of their own. */
export function avatar(person: { readonly id: number; readonly name: string }): Html {
  const initials = person.name
    .split(" ")
    .slice(0, 2)
    .map((word) => word.slice(0, 1));
  return html`<span class="avatar tint-${person.id % 8}" aria-hidden="true">${initials.join("")}</span>`;
}

/** A button by which the visitor goes on as this person, where only this person may act. */
export function actAs(person: { readonly id: number; readonly name: string }, back: string): Html {
  return html`<form method="post" action="/actor">
    <input type="hidden" name="userId" value="${person.id}" />
    <input type="hidden" name="back" value="${back}" />
    <button class="button quiet calm" data-testid="act-as">Продолжить как ${person.name}</button>
  </form>`;
}

function header({ path, actor, people }: Frame): Html {
  return html`<header class="header">
    <div class="header-row">
      <a class="brand" href="/">
        <img src="/assets/icon.svg" alt="" width="40" height="40" />
        <span>Дом на Мойке<small>семейный сайт</small></span>
      </a>
      <nav class="nav" aria-label="Разделы">
        ${SECTIONS.map(
          (section) => html`<a href="${section.path}" ${current(section, path)}>${section.name}</a>`,
        )}
      </nav>
      <div class="actor">${actorSwitch(path, actor, people)} ${actor ? signOut(path) : signIn(path)}</div>
    </div>
  </header>`;
}

/** A page within a section belongs to it, though it is not the section's first page. */
function current(section: (typeof SECTIONS)[number], path: string): string {
  if (section.path === path) return "aria-current=page";
  const { also = `${section.path}/` } = section;
  return path.startsWith(also) ? "aria-current=true" : "";
}

function actorSwitch(path: string, actor: User | null, people: readonly User[]): Html {
  const active = people.filter((person) => person.isActive);
  return html`<form method="post" action="/actor" data-testid="actor-switch">
    <label for="actor">Вы пишете как:</label>
    <select id="actor" name="userId" data-submit-on-change autocomplete="off">
      <option value="" ${actor ? "" : "selected"}>Гость</option>
      ${active.map(
        (person) => html`<option value="${person.id}" ${person.id === actor?.id ? "selected" : ""}
          >${fullName(person)}</option>`,
      )}
    </select>
    <input type="hidden" name="back" value="${path}" />
    <noscript><button class="button quiet">Сменить</button></noscript>
  </form>`;
}

function signIn(path: string): Html {
  return html`<a class="button quiet" href="/sign-in?back=${encodeURIComponent(path)}" data-testid="sign-in">Войти</a>`;
}

function signOut(path: string): Html {
  return html`<form method="post" action="/sign-out">
    <input type="hidden" name="back" value="${path}" />
    <button class="button quiet calm" data-testid="sign-out">Выйти</button>
  </form>`;
}
