import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import { z } from "zod";
import { movePendingLink, noteForm } from "../../data/pending-links.ts";
import { findUser } from "../../data/users.ts";
import type { Site } from "../../site.ts";
import { openSession } from "../session.ts";
import { Authorized } from "./answers.ts";
import type { Attempts } from "./attempts.ts";
import { LINK, say } from "./notice.ts";
import { CLOSED, type Problem, problemOf, TOO_MANY_PINS, tooManyFromHere } from "./problem.ts";
import { askAbout, type Submission } from "./submission.ts";

/** A PIN has five attempts: this is enough for two of them, and for a bot that does not answer. */
const MOST_TRIES = 10;

/** People copy blanks along. */
const Pin = z
  .string()
  .transform((written) => written.replace(/\s/g, ""))
  .pipe(z.string().regex(/^\d{6}$/));

const NO_PIN: Problem = {
  testid: "problem",
  title: "Это не PIN",
  words: "PIN — это шесть цифр. Попытка не потрачена.",
};

/** Asks the bot whether the PIN is right, and does what follows from its answer. */
export async function enterPin(
  site: Site,
  attempts: Attempts,
  c: Context,
  sent: Submission,
): Promise<Response> {
  const pin = Pin.safeParse(sent.body.pin);
  if (!pin.success) return say(site, c, sent.link, NO_PIN);
  const tooMany = countTry(site, attempts, c, sent);
  if (tooMany) return say(site, c, sent.link, tooMany);

  const userId = sent.user?.id;
  const params = { buid: sent.link.buid, pin: pin.data, ...(userId === undefined ? {} : { userId }) };
  const answer = await askAbout(site, c, sent, "authorize", params);
  if (answer.kind !== "yes") return say(site, c, sent.link, problemOf(answer, site.clock.now()));
  const authorized = Authorized.safeParse(answer.answer);
  if (authorized.success) return goOn(site, c, sent, authorized.data);
  site.log("authorize answered what is not understood");
  return say(site, c, sent.link, problemOf({ kind: "silent" }, site.clock.now()));
}

/** Counts this PIN, or says why not. The same form again, as after a lost answer, is no further try. */
function countTry(site: Site, attempts: Attempts, c: Context, { link, key }: Submission): Problem | null {
  if (link.lastKey === key) return null;
  if (link.tries >= MOST_TRIES) return TOO_MANY_PINS;
  const until = attempts.take(getConnInfo(c).remote.address ?? "", site.clock.now());
  if (until !== null) return tooManyFromHere(until);
  noteForm(site.db, link, key, true);
  return null;
}

function goOn(site: Site, c: Context, sent: Submission, authorized: Authorized): Response {
  const { link, user } = sent;
  const { leadName } = authorized;
  const to = (move: Omit<Parameters<typeof movePendingLink>[2], "now">) => {
    movePendingLink(site.db, link, { ...move, leadName, now: site.clock.now() });
    return c.redirect(LINK, 303);
  };
  switch (authorized.status) {
    case "linked":
      return user ? to({ stage: "linked", userId: user.id }) : signIn(site, c, sent, authorized.userId, to);
    case "already-linked":
      return to({ stage: "already-linked", userId: authorized.userId });
    case "conflict":
      return to({ stage: "conflict", userId: user?.id ?? null, otherUserId: authorized.linkedUserId });
    case "not-linked":
      return to({ stage: "registering" });
  }
}

/** The bot knows them: a session, unless the account is closed, deleted or not of this site. */
function signIn(
  site: Site,
  c: Context,
  { link }: Submission,
  userId: number,
  to: (move: { stage: "signed-in"; userId: number }) => Response,
): Response {
  if (!findUser(site.db, { userId })?.isActive) return say(site, c, link, CLOSED);
  return site.db.transaction(() => {
    openSession(site, c, userId);
    return to({ stage: "signed-in", userId });
  });
}
