import { html } from "hono/html";
import { fullName, type User } from "../../data/users.ts";
import { avatar, type Html } from "../layout.ts";
import { standingMark } from "./admin.ts";
import { type UserForm, userForm } from "./user-form.ts";

/** A person, as an administrator sees them. */
export interface AdminUserView {
  readonly user: User;
  readonly form: UserForm;
  readonly told: Html;
  /** One-time key of the buttons that ask for something rather than set it. */
  readonly key: string;
  /** What is wrong with the block or the pause that was asked for. */
  readonly problem: string | null;
}

/** The page of one person; of a deleted one only what became of them. */
export function adminUserPage({ user, form, told, key, problem }: AdminUserView): Html {
  const address = `/admin/users/${user.id}`;
  return html`<p class="back"><a href="/admin">← Все люди</a></p>
    <div class="byline page-title">
      ${avatar({ id: user.id, name: fullName(user) })}
      <h1>${fullName(user)}</h1>
      ${standingMark(user)}
    </div>
    ${problem === null ? "" : html`<p class="problem" role="alert" data-testid="problem">${problem}</p>`}
    ${user.isDeleted ? "" : html`${access(user, address)} ${silence(address, key)} ${userForm(form, { action: address, withRole: true })} ${removal(address)}`}
    ${told}`;
}

function access(user: User, address: string): Html {
  if (!user.isActive) {
    return html`<form class="card panel" method="post" action="${address}/unblock" data-once>
      <div>
        <h2>Доступ закрыт</h2>
        <p class="hint">${user.blockReason ?? "Причина не записана."}</p>
      </div>
      <button class="button" data-testid="unblock">Открыть доступ</button>
    </form>`;
  }
  return html`<form class="card panel" method="post" action="${address}/block" data-once>
    <div class="field">
      <label for="reason">Закрыть доступ: почему</label>
      <input id="reason" name="reason" type="text" maxlength="500" required aria-describedby="reason-hint" />
      <span class="hint" id="reason-hint">Бот передаст причину словами, которые вы напишете.</span>
    </div>
    <button class="button calm" data-testid="block">Закрыть доступ</button>
  </form>`;
}

function silence(address: string, key: string): Html {
  return html`<div class="card panel">
    <form class="field" method="post" action="${address}/pause" data-once>
      <label for="until">Попросить бота молчать до</label>
      <div class="row">
        <input id="until" name="until" type="datetime-local" aria-describedby="until-hint" />
        <input type="hidden" name="formKey" value="${key}" />
        <button class="button calm" data-testid="pause">Пауза</button>
      </div>
      <span class="hint" id="until-hint">По московскому времени; пусто — пока не попросите вернуться.</span>
    </form>
    <form method="post" action="${address}/resume" data-once>
      <input type="hidden" name="formKey" value="${key}" />
      <button class="button calm" data-testid="resume">Снять паузу</button>
    </form>
  </div>`;
}

function removal(address: string): Html {
  return html`<details class="card removal">
    <summary>Удалить аккаунт…</summary>
    <p>Записи и комментарии останутся, телефон и почта освободятся. Вернуть аккаунт будет нельзя.</p>
    <form method="post" action="${address}/delete" data-once>
      <button class="button" data-testid="delete">Удалить навсегда</button>
    </form>
  </details>`;
}
