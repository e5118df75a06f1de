import type { Context, Handler } from "hono";
import { z } from "zod";
import { askBot, type BotAnswer } from "../../bot/ask.ts";
import { fingerprint } from "../../data/answers.ts";
import { forgetForm, nextTurn, type PendingLink, SIGNED_IN } from "../../data/pending-links.ts";
import { findUser, type User } from "../../data/users.ts";
import type { Site } from "../../site.ts";
import { formOf } from "../forms.ts";
import { openSession, sessionUser } from "../session.ts";
import { LINK } from "./notice.ts";
import type { OneAtATime } from "./one-at-a-time.ts";
import { pendingLinkOf, questionKey, stampOf } from "./pending.ts";
import { type Step, stepOf } from "./step.ts";

/** A form of the visitor's next step, found to be theirs. */
export interface Submission {
  readonly link: PendingLink;
  readonly user: User | null;
  readonly body: Readonly<Record<string, unknown>>;
  /** The turn that the form was shown in. */
  readonly turn: number;
  /** The same form sent twice has the same key. */
  readonly key: string;
}

/** The page that says that a form is not of this visit. */
export const STALE = `${LINK}/stale`;

/** A browser that heard nothing sends the form again at once; a person clicks again soon. */
const LOST_FOR_MS = 60_000;

const Marks = z.object({ stamp: z.string(), turn: z.coerce.number().int().nonnegative() });

/**
 * A form of a pending link: acts where it is of this link, of this visitor and of one of these steps. A form of
 * another link or visitor is told to be old, and nothing is asked; one whose step is over leads to the next.
 */
export function linkForm(
  site: Site,
  inTurn: OneAtATime,
  steps: readonly Step[],
  act: (c: Context, sent: Submission) => Response | Promise<Response>,
): Handler {
  return async (c) => {
    const body = await formOf(c);
    const first = pendingLinkOf(site, c);
    if (!first) return c.redirect(LINK, 303);
    return inTurn(first.idHash, async () => {
      const sent = submissionOf(site, c, body);
      if (!sent) return c.redirect(STALE, 303);
      openLostSession(site, c, sent);
      return steps.includes(stepOf(sent.link, sent.user)) ? act(c, sent) : c.redirect(LINK, 303);
    });
  };
}

/** Asks the bot about a pending link, under a key that makes asking again harmless. */
export async function askAbout(
  site: Site,
  c: Context,
  { link, turn }: Submission,
  alias: string,
  params: object,
): Promise<BotAnswer> {
  const answer = await askBot(site, alias, params, questionKey(c, turn, alias, params));
  if (answer.kind === "yes" || answer.kind === "no") nextTurn(site.db, link);
  return answer;
}

function submissionOf(site: Site, c: Context, body: Record<string, unknown>): Submission | null {
  const link = pendingLinkOf(site, c);
  const user = sessionUser(site, c);
  const marks = Marks.safeParse(body).data;
  if (!link || !marks || marks.stamp !== stampOf(c, user) || marks.turn > link.turn) return null;
  return { link, user, body, turn: marks.turn, key: fingerprint(c.req.path, JSON.stringify(body)) };
}

/**
 * The answer to this very form was lost on its way, and the session with it: the browser gets another one. Once, and
 * while it may still be the same person: the bot is not asked again, and does not count.
 */
function openLostSession(site: Site, c: Context, { link, user, key }: Submission): void {
  const isLost = SIGNED_IN.includes(link.stage) && user === null && link.lastKey === key;
  if (!isLost || link.userId === null || link.movedAt + LOST_FOR_MS <= site.clock.now()) return;
  if (!findUser(site.db, { userId: link.userId })?.isActive) return;
  forgetForm(site.db, link);
  openSession(site, c, link.userId);
}
