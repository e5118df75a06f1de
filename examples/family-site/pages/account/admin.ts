import { html } from "hono/html";
import { fullName, type User } from "../../data/users.ts";
import { actAs, avatar, type Html } from "../layout.ts";
import { ROLES } from "../words.ts";

/** Everybody, for an administrator: each leads to the page where they can be edited, blocked and deleted. */
export function adminPage(people: readonly User[]): Html {
  return html`<h1>Управление</h1>
    <p class="lead">Отсюда правят данные людей, закрывают и открывают доступ. Обо всём узнаёт бот.</p>
    <ul class="members">
      ${people.map(row)}
    </ul>`;
}

/** What those see who look after nothing here: who does, and a way to go on as one of them. */
export function staffOnlyPage(staff: User | undefined, back: string): Html {
  return html`<div class="card empty" data-testid="staff-only">
    <h1>Эта страница для сотрудников</h1>
    <p>Паролей на сайте нет: выберите вверху, кто вы.</p>
    ${staff ? actAs({ id: staff.id, name: fullName(staff) }, back) : ""}
  </div>`;
}

/** How things stand with a person's access. */
export function standingMark(user: User): Html {
  if (user.isDeleted) return html`<span class="mark">удалён</span>`;
  return user.isActive
    ? html`<span class="mark done">доступ открыт</span>`
    : html`<span class="mark cancelled">доступ закрыт</span>`;
}

function row(user: User): Html {
  return html`<li class="card member" data-testid="admin-user" data-user="${user.id}">
    ${avatar({ id: user.id, name: fullName(user) })}
    <div>
      <a class="author" href="/admin/users/${user.id}">${fullName(user)}</a>
      <span class="hint">№ ${user.id} · ${ROLES[user.role] ?? user.role}</span>
    </div>
    ${standingMark(user)}
  </li>`;
}
