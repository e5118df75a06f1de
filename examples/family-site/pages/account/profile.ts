import { html } from "hono/html";
import { fullName, type User } from "../../data/users.ts";
import { avatar, type Html } from "../layout.ts";
import { telegramPanel } from "./telegram.ts";
import { type UserForm, userForm } from "./user-form.ts";

/** A person's own page: what the site knows of them, and how they are connected to Telegram. */
export function profilePage(user: User, form: UserForm, told: Html, key: string): Html {
  return html`<div class="byline page-title">
      ${avatar({ id: user.id, name: fullName(user) })}
      <h1>Мой профиль</h1>
    </div>
    ${telegramPanel(user, key)} ${userForm(form, { action: "/profile", withRole: false })} ${told}`;
}
