import type { Context } from "hono";
import { html } from "hono/html";
import { findAnyone } from "../../data/users.ts";
import type { Site } from "../../site.ts";
import type { Html } from "../layout.ts";
import { sessionUser } from "../session.ts";
import { show } from "../show.ts";
import { accountPage, conflictPage, finishPage } from "./account-pages.ts";
import { donePage, noLinkPage, stalePage } from "./end-pages.ts";
import { LINK, noticeOf } from "./notice.ts";
import { pendingLinkOf, stampOf } from "./pending.ts";
import { pinPage } from "./pin-page.ts";
import { problemBox } from "./problem.ts";
import { registerPage } from "./register-page.ts";
import { type Step, stepOf } from "./step.ts";
import type { LinkView } from "./view.ts";

const TITLE = "Вход через бота";

const PAGES: Readonly<Record<Step, (view: LinkView) => Html>> = {
  pin: pinPage,
  register: registerPage,
  account: accountPage,
  finish: finishPage,
  conflict: conflictPage,
  done: donePage,
};

/** Where the bot sends a link and a PIN at once. */
export function newPinLink({ botStartLink }: Site): string {
  return `${botStartLink}?start=site`;
}

/** The page of the visitor's next step, as things stand at this moment, with what went wrong above it. */
export function linkPage(site: Site, c: Context): Promise<Response> {
  const link = pendingLinkOf(site, c);
  if (!link) return show(site, c, TITLE, noLinkPage(newPinLink(site)), 200, LINK);
  const user = sessionUser(site, c);
  const notice = noticeOf(c, link, user);
  const view = {
    link,
    user,
    other: link.otherUserId === null ? null : findAnyone(site.db, link.otherUserId),
    stamp: stampOf(c, user),
    typed: notice?.typed ?? {},
    newPinLink: newPinLink(site),
  };
  const box = notice ? problemBox(notice.problem, view.newPinLink) : "";
  return show(site, c, TITLE, html`${box} ${PAGES[stepOf(link, user)](view)}`, 200, LINK);
}

/** What answers a form that is not of this visit. */
export function oldFormPage(site: Site, c: Context): Promise<Response> {
  return show(site, c, TITLE, stalePage(), 200, LINK);
}
