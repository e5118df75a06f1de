import type { Context } from "hono";
import { noteNotice, type PendingLink } from "../../data/pending-links.ts";
import type { User } from "../../data/users.ts";
import type { Site } from "../../site.ts";
import { sessionUser } from "../session.ts";
import { stampOf } from "./pending.ts";
import type { Problem } from "./problem.ts";

/** Where the visitor of a pending link is. */
export const LINK = "/link";

/** What the page says above its form, and what fills the form again. */
export interface LinkNotice {
  readonly problem: Problem;
  readonly typed: Readonly<Record<string, string>>;
}

/**
 * Answers a form that did not lead on: the page says why. By way of a redirect, so that neither reload nor the back
 * button ever sends a form again.
 */
export function say(
  site: Site,
  c: Context,
  link: PendingLink,
  problem: Problem,
  typed: LinkNotice["typed"] = {},
): Response {
  const stamp = stampOf(c, sessionUser(site, c));
  noteNotice(site.db, link, JSON.stringify({ stamp, problem, typed }));
  return c.redirect(LINK, 303);
}

/** What was said last, or `null` where somebody else has signed in since. */
export function noticeOf(c: Context, { notice }: PendingLink, user: User | null): LinkNotice | null {
  if (notice === null) return null;
  const { stamp, problem, typed } = JSON.parse(notice) as LinkNotice & { readonly stamp: string };
  return stamp === stampOf(c, user) ? { problem, typed } : null;
}
