import { html } from "hono/html";
import type { Message } from "../../data/messages.ts";
import type { HelpRequest } from "../../data/requests.ts";
import { fullName, type User } from "../../data/users.ts";
import type { Other } from "../actor.ts";
import { byline } from "../feed.ts";
import { actAs, type Html } from "../layout.ts";
import { problemAt, requestMark, type TextForm } from "./list.ts";

/** A request with all that was written about it. */
export interface RequestView {
  readonly request: HelpRequest;
  readonly messages: readonly Message[];
}

/** Who the visitor is, and who could do more about the request. */
export interface Visitor {
  /** `null` for a guest, who sees `hint` in place of what could be done. */
  readonly actor: User | null;
  readonly others: readonly Other[];
  readonly hint: Html | null;
}

/** The page of a request: what its state lets the visitor do about it, as customer, performer or neither. */
export function requestPage(view: RequestView, visitor: Visitor, form: TextForm, told: Html): Html {
  const { request } = view;
  return html`<p class="back"><a href="/requests">← Все заявки</a></p>
    <article class="card whole">
      ${byline({ authorId: request.userId, authorName: request.userName, createdAt: request.createdAt })}
      <h1 class="request-title">${request.title}</h1>
      ${details(request)}
    </article>
    <section class="comments" data-testid="messages" data-live="/requests/${request.id}/live" aria-live="polite">
      ${requestLive(view)}
    </section>
    ${actions(request, visitor, form)} ${told}`;
}

/** What changes while a request is open; its parts carry keys, as those of a post do. */
export function requestLive({ request, messages }: RequestView): Html {
  const { performerName, rating } = request;
  return html`<div class="row" data-key="state">
      ${requestMark(request)}
      <span class="hint">${performerName ? `Исполнитель: ${performerName}` : "Исполнителя ещё нет"}</span>
      ${rating === null ? "" : html`<span data-testid="rating">Оценка: ${rating} из 5</span>`}
      ${request.ratingComment ? html`<q class="hint">${request.ratingComment}</q>` : ""}
    </div>
    ${messages.map(
      (
        message,
      ) => html`<article class="comment" id="message-${message.id}" data-testid="message-item" data-key="message-${message.id}">
        ${byline(message)}
        <p class="text">${message.text}</p>
      </article>`,
    )}`;
}

/** What follows the title: the title is the beginning of the text, and one line needs no repeating. */
function details({ title, text }: HelpRequest): Html | "" {
  const rest = text.startsWith(title) ? text.slice(title.length).trim() : text;
  return rest === "" ? "" : html`<p class="text" data-testid="request-text">${rest}</p>`;
}

function actions(request: HelpRequest, { actor, others, hint }: Visitor, form: TextForm): Html {
  const { status, userId, performerId } = request;
  const address = `/requests/${request.id}`;
  const isCustomer = actor?.id === userId;
  const isPerformer = actor !== null && actor.id === performerId;
  return html`${isCustomer && status === "finished" ? ratingForm(request, address) : ""}
    ${actor && (isCustomer || isPerformer) ? messageForm(address, actor, form) : ""}
    <div class="buttons">
      ${isPerformer && status === "accepted" ? button(`${address}/finish`, "finish", "Заявка выполнена") : ""}
      ${actor && !isCustomer && status === "new" ? button(`${address}/accept`, "accept", "Взять заявку") : ""}
      ${others.map((person) => actAs(person, address))}
    </div>
    ${hint ?? ""}`;
}

function button(action: string, name: string, words: string): Html {
  return html`<form method="post" action="${action}" data-once>
    <button class="button" data-testid="${name}">${words}</button>
  </form>`;
}

function messageForm(address: string, actor: User, { key, text, problem }: TextForm): Html {
  const { shown, tie } = problemAt("text", problem);
  return html`<form class="card form" method="post" action="${address}/messages" data-testid="message-form" data-once>
    <label for="text">Сообщение</label>
    ${shown}
    <textarea id="text" name="text" rows="3" maxlength="4096" required ${tie}>${text}</textarea>
    <input type="hidden" name="formKey" value="${key}" />
    <div class="form-end">
      <span class="hint">Пишет ${fullName(actor)}. Ответ исполнителя бот передаст тому, кто просил.</span>
      <button class="button" data-testid="message-submit">Отправить</button>
    </div>
  </form>`;
}

function ratingForm({ rating, ratingComment }: HelpRequest, address: string): Html {
  return html`<form class="card form" method="post" action="${address}/rating" data-testid="rating-form" data-once>
    <fieldset>
      <legend>${rating === null ? "Как вам помогли?" : "Ваша оценка"}</legend>
      <div class="row">
        ${[1, 2, 3, 4, 5].map(
          (mark) => html`<label class="choice"
            ><input type="radio" name="rating" value="${mark}" required ${mark === rating ? "checked" : ""} /> ${mark}</label
          >`,
        )}
      </div>
    </fieldset>
    <label for="comment">Несколько слов, если хочется</label>
    <textarea id="comment" name="comment" rows="2" maxlength="4096">${ratingComment ?? ""}</textarea>
    <div class="form-end">
      <span class="hint">5 — лучше не бывает</span>
      <button class="button" data-testid="rating-submit">Оценить</button>
    </div>
  </form>`;
}
