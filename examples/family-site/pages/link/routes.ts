import type { Context, Hono } from "hono";
import { dropPendingLink, dropPendingLinksOf, movePendingLink, SIGNED_IN } from "../../data/pending-links.ts";
import type { Site } from "../../site.ts";
import { smallForms } from "../limits.ts";
import { closeSession } from "../session.ts";
import { countAttempts } from "./attempts.ts";
import { connect, undo } from "./connect.ts";
import { LINK } from "./notice.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { linkPage, oldFormPage } from "./page.ts";
import { enterPin } from "./pin.ts";
import { register } from "./register.ts";
import { buidRouter } from "./router.ts";
import type { Step } from "./step.ts";
import { linkForm, STALE, type Submission } from "./submission.ts";

/** From the bot to the site: `?buid=` of any address, the PIN page, and every way it can go on. */
export function linkRoutes(site: Site, pages: Hono): void {
  const small = smallForms(site);
  const inTurn = oneAtATime();
  const attempts = countAttempts();
  const form = (
    path: string,
    steps: readonly Step[],
    act: (c: Context, sent: Submission) => Response | Promise<Response>,
  ) => pages.post(`${LINK}/${path}`, small, linkForm(site, inTurn, steps, act));

  pages.use(buidRouter(site));
  pages.use(`${LINK}/*`, async (c, next) => {
    c.header("Cache-Control", "no-store");
    await next();
  });
  pages.get(LINK, (c) => linkPage(site, c));
  pages.get(`${LINK}/account`, (c) => linkPage(site, c));
  pages.get(STALE, (c) => oldFormPage(site, c));

  form("pin", ["pin"], (c, sent) => enterPin(site, attempts, c, sent));
  form("register", ["register"], (c, sent) => register(site, c, sent));
  form("account", ["account", "finish"], (c, sent) => connect(site, c, sent, { relink: false }));
  form("relink", ["conflict"], (c, sent) => connect(site, c, sent, { relink: true }));
  form("keep", ["conflict"], (c, { link, user }) => {
    movePendingLink(site.db, link, { stage: "kept", userId: user?.id ?? null, now: site.clock.now() });
    return c.redirect(LINK, 303);
  });
  form("undo", ["done"], (c, sent) => undo(site, c, sent));
  form("guest", ["pin", "account", "conflict"], (c, sent) => leave(site, c, sent));
}

/** Goes on as a guest: what has come to an account already would sign the next one at this browser in to it. */
function leave(site: Site, c: Context, { link, user }: Submission): Response {
  site.db.transaction(() => {
    if (user) dropPendingLinksOf(site.db, user.id, link.idHash);
    if (SIGNED_IN.includes(link.stage)) dropPendingLink(site.db, link);
    closeSession(site, c);
  });
  return c.redirect(LINK, 303);
}
