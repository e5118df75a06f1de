import { html } from "hono/html";
import type { Html } from "../layout.ts";
import { formMarks, type LinkView } from "./view.ts";

/** Where somebody signs in who has an account already, to come back and link it. */
export const SIGN_IN = "/sign-in?back=/link/account";

const FIELDS = [
  { name: "name", label: "Имя", attributes: "type=text maxlength=100 autocomplete=given-name required" },
  { name: "surname", label: "Фамилия", attributes: "type=text maxlength=100 autocomplete=family-name" },
  { name: "phone", label: "Телефон", attributes: "type=tel maxlength=40 autocomplete=tel" },
  { name: "email", label: "Электронная почта", attributes: "type=email maxlength=254 autocomplete=email" },
] as const;

/** The bot has proved who it is, and the site does not know them: make an account, or name the one they have. */
export function registerPage(view: LinkView): Html {
  return html`<h1>Осталось познакомиться</h1>
    <section class="card link-card">
      <p>PIN подошёл, но ${view.link.leadName ? `Telegram «${view.link.leadName}»` : "этот Telegram"} пока не подключён
        ни к одному аккаунту сайта. Создайте аккаунт: бот подключится к нему сам.</p>
      <form class="form fields" method="post" action="/link/register" data-testid="register-form" data-once>
        ${formMarks(view)} ${FIELDS.map((field) => input(field, filled(view, field.name)))}
        <div class="form-end">
          <span class="hint">Телефон или почта — хотя бы что-то одно.</span>
          <button class="button" data-testid="register-submit">Создать аккаунт</button>
        </div>
      </form>
    </section>
    <div class="buttons">
      <a class="button calm" href="${SIGN_IN}" data-testid="link-have-account">Я уже есть на сайте</a>
    </div>`;
}

function input({ name, label, attributes }: (typeof FIELDS)[number], value: string): Html {
  return html`<div class="field">
    <label for="register-${name}">${label}</label>
    <input id="register-${name}" name="${name}" value="${value}" ${attributes} />
  </div>`;
}

/** What was typed, or, before that, the name that the messenger has. */
function filled({ typed, link }: LinkView, name: string): string {
  const again = typed[name];
  if (again !== undefined) return again;
  const [first = "", ...rest] = link.leadName.split(" ");
  return { name: first, surname: rest.join(" ") }[name] ?? "";
}
