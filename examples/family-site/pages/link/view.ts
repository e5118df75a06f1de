import { html } from "hono/html";
import type { PendingLink } from "../../data/pending-links.ts";
import { fullName, type User } from "../../data/users.ts";
import { avatar, type Html } from "../layout.ts";

/** What the pages of a pending link are made from. */
export interface LinkView {
  readonly link: PendingLink;
  /** Who is signed in. */
  readonly user: User | null;
  /** The account that the link names as the other one; `null` where there is none here. */
  readonly other: User | null;
  readonly stamp: string;
  /** What was typed into the form that is shown again. */
  readonly typed: Readonly<Record<string, string>>;
  /** Where the bot sends a link and a PIN. */
  readonly newPinLink: string;
}

/** Which link, whose visit and which question a form belongs to. */
export function formMarks({ stamp, link }: LinkView): Html {
  return html`<input type="hidden" name="stamp" value="${stamp}" /><input type="hidden" name="turn" value="${link.turn}" />`;
}

/** «Telegram «Ева»», or just «этот Telegram» where the messenger has no name. */
export function telegramName({ leadName }: PendingLink): string {
  return leadName ? `Telegram «${leadName}»` : "этот Telegram";
}

/** An account as a line with a face. */
export function accountLine(user: User, words: string): Html {
  const name = fullName(user);
  return html`<p class="byline account">
    ${avatar({ id: user.id, name })}
    <span>${words} <strong>${name}</strong></span>
  </p>`;
}

/** The way for somebody who is not the one that the site takes them for. */
export function leaveForm(view: LinkView): Html {
  const { user } = view;
  if (!user) return html``;
  return html`<form method="post" action="/link/guest" data-once>
    ${formMarks(view)}
    <button class="button calm" data-testid="pin-as-guest">Я не ${user.name}: выйти и войти через бота</button>
  </form>`;
}

/** A step without fields: one button. */
export function buttonForm(
  view: LinkView,
  button: {
    readonly action: string;
    readonly testid: string;
    readonly label: string;
    readonly calm?: boolean;
  },
): Html {
  return html`<form method="post" action="${button.action}" data-once>
    ${formMarks(view)}
    <button class="button ${button.calm ? "calm" : ""}" data-testid="${button.testid}">${button.label}</button>
  </form>`;
}
