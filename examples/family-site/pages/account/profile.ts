import { html } from "hono/html";
import { fullName, type User } from "../../data/users.ts";
import { avatar, type Html } from "../layout.ts";
import { type UserForm, userForm } from "./user-form.ts";

/** A person's own page: what the site knows of them, and whether the bot may write to them. */
export function profilePage(user: User, form: UserForm, told: Html, botLink: string): Html {
  return html`<div class="byline page-title">
      ${avatar({ id: user.id, name: fullName(user) })}
      <h1>Мой профиль</h1>
    </div>
    ${botSwitch(user, botLink)} ${userForm(form, { action: "/profile", withRole: false })} ${told}`;
}

function botSwitch({ botConnected }: User, botLink: string): Html {
  const [state, button, wanted] = botConnected
    ? ["Бот подключён: новости приходят в Telegram.", "Отключить бота", "off"]
    : ["Бот отключён: в Telegram ничего не приходит.", "Подключить бота", "on"];
  return html`<form class="card panel" method="post" action="/profile/bot" data-testid="bot-switch" data-once>
    <div>
      <h2>Бот в Telegram</h2>
      <p class="hint">${state} Впервые в него входят <a href="${botLink}">в самом Telegram</a>.</p>
    </div>
    <input type="hidden" name="bot" value="${wanted}" />
    <button class="button ${botConnected ? "calm" : ""}">${button}</button>
  </form>`;
}
