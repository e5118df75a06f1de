import { html } from "hono/html";
import type { HelpRequest, RequestStatus } from "../../data/requests.ts";
import { fullName, type User } from "../../data/users.ts";
import type { Html } from "../layout.ts";
import { dayOf } from "../words.ts";

/** A form with its one-time key; what was written is shown again after a mistake. */
export interface TextForm {
  readonly key: string;
  readonly text: string;
  readonly problem: string | null;
}

const STATUSES: Readonly<Record<RequestStatus, string>> = {
  new: "ждёт",
  accepted: "в работе",
  finished: "выполнена",
};

/** Everybody's requests for help; `asking` is the form of a new one, or what a guest sees in its place. */
export function requestsPage(requests: readonly HelpRequest[], asking: Html): Html {
  return html`<h1>Помощь</h1>
    <p class="lead">Кому-то нужна рука, у кого-то она свободна. Взять заявку может любой, кроме того, кто просит.</p>
    ${requests.length === 0 ? html`<p class="card empty">Заявок пока нет.</p>` : ""}
    <ul class="rows">
      ${requests.map(row)}
    </ul>
    ${asking}`;
}

/** How far a request is, in a word. */
export function requestMark({ status }: HelpRequest): Html {
  const look = { new: "", accepted: "paid", finished: "done" }[status];
  return html`<span class="mark ${look}" data-testid="request-status">${STATUSES[status]}</span>`;
}

/** A mistake above a field, and what ties the two together. */
export function problemAt(
  id: string,
  problem: string | null,
): { readonly shown: Html | ""; readonly tie: string } {
  if (problem === null) return { shown: "", tie: "" };
  const shown = html`<p class="problem" id="${id}-problem" role="alert" data-testid="problem">${problem}</p>`;
  return { shown, tie: `aria-describedby=${id}-problem aria-invalid=true` };
}

function row(request: HelpRequest): Html {
  const { id, title, userName, performerName, createdAt } = request;
  const who = performerName ? `${userName} → ${performerName}` : userName;
  return html`<li class="card panel" data-testid="request" data-request="${id}">
    <div>
      <a class="author" href="/requests/${id}">${title}</a>
      <span class="hint">№ ${id} · ${who} · ${dayOf(createdAt)}</span>
    </div>
    ${requestMark(request)}
  </li>`;
}

/** The form by which somebody asks for help. */
export function askForm(actor: User, { key, text, problem }: TextForm): Html {
  const { shown, tie } = problemAt("text", problem);
  return html`<form class="card form" method="post" action="/requests" data-testid="request-form" data-once>
    <h2>Новая заявка</h2>
    ${shown}
    <label for="text">С чем помочь?</label>
    <textarea id="text" name="text" rows="4" maxlength="4096" required ${tie}>${text}</textarea>
    <input type="hidden" name="formKey" value="${key}" />
    <div class="form-end">
      <span class="hint">Просит ${fullName(actor)}. Первая строка станет названием.</span>
      <button class="button" data-testid="request-submit">Попросить</button>
    </div>
  </form>`;
}
