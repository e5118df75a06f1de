import type { Context } from "hono";
import { movePendingLink, noteForm } from "../../data/pending-links.ts";
import { markBot } from "../../data/user-changes.ts";
import { findUser } from "../../data/users.ts";
import type { Site } from "../../site.ts";
import { endOtherVisits, openSession } from "../session.ts";
import { Linked } from "./answers.ts";
import { LINK, say } from "./notice.ts";
import { CLOSED, problemOf } from "./problem.ts";
import { askAbout, type Submission } from "./submission.ts";

/**
 * Has the bot link the account of whoever is signed in; with `relink` in place of another one. Who has just
 * made an account here is signed in to it first, again where the answer with the session was lost.
 */
export async function connect(
  site: Site,
  c: Context,
  sent: Submission,
  { relink }: { readonly relink: boolean },
): Promise<Response> {
  const { link, user } = sent;
  const userId = user?.id ?? (link.stage === "registered" ? link.userId : null);
  if (userId === null) return c.redirect(LINK, 303);
  if (!findUser(site.db, { userId })?.isActive) return say(site, c, link, CLOSED);
  if (!user) signInAsNew(site, c, sent, userId);

  const params = { buid: link.buid, userId, ...(relink ? { relink } : {}) };
  const answer = await askAbout(site, c, sent, "link", params);
  const now = site.clock.now();
  if (answer.kind === "yes") {
    const leadName = Linked.safeParse(answer.answer).data?.leadName || link.leadName;
    movePendingLink(site.db, link, { stage: "linked", userId, leadName, now });
    return c.redirect(LINK, 303);
  }
  // Whatever the reason is, the PIN was good for one try: another one is needed.
  if (answer.kind === "no")
    movePendingLink(site.db, link, { stage: "pin", userId: null, otherUserId: null, now });
  return say(site, c, link, problemOf(answer, now));
}

/**
 * Takes back a link that was made a moment ago: the Telegram account is somebody else's. By the user, who loses their
 * other chats by that, too: the BUID is another one once it is linked to somebody who had the bot before. Whoever got in
 * from there meanwhile is out.
 */
export async function undo(site: Site, c: Context, sent: Submission): Promise<Response> {
  const { link, user } = sent;
  if (link.stage !== "linked" || user?.id !== link.userId) return c.redirect(LINK, 303);
  const answer = await askAbout(site, c, sent, "unlink", { userId: user.id });
  if (answer.kind !== "yes") return say(site, c, link, problemOf(answer, site.clock.now()));
  site.db.transaction(() => {
    markBot(site.db, user.id, false);
    movePendingLink(site.db, link, { stage: "undone", now: site.clock.now() });
    endOtherVisits(site, c, user.id, link.idHash);
  });
  return c.redirect(LINK, 303);
}

function signInAsNew(site: Site, c: Context, { link, key }: Submission, userId: number): void {
  site.db.transaction(() => {
    noteForm(site.db, link, key, false);
    openSession(site, c, userId);
  });
}
