import type { Context, Hono } from "hono";
import { dropPendingLinksOf } from "../../data/pending-links.ts";
import { findUser } from "../../data/users.ts";
import type { Site } from "../../site.ts";
import { parseId } from "../../text.ts";
import { ActorFields, BackPath, formOf } from "../forms.ts";
import { guestPage } from "../guest.ts";
import { smallForms } from "../limits.ts";
import { forgetPendingLink } from "../link/pending.ts";
import { closeSession, openSession, sessionUser } from "../session.ts";

/** Signing in as the demonstration lets one, and signing out. */
export function signInRoutes(site: Site, pages: Hono): void {
  const small = smallForms(site);
  pages.get("/sign-in", (c) => {
    const back = BackPath.parse(c.req.query("back"));
    if (sessionUser(site, c)) return c.redirect(back, 303);
    const inOrderTo = back.startsWith("/link") ? "подключить Telegram" : "писать родным и покупать в лавке";
    return guestPage(site, c, { inOrderTo, back }, 200);
  });
  pages.post("/actor", small, async (c) => {
    const { userId, back } = ActorFields.parse(await formOf(c));
    const chosen = findUser(site.db, { userId: parseId(userId) ?? 0 });
    if (chosen?.isActive) openSession(site, c, chosen.id);
    if (userId === "") signOut(site, c);
    return c.redirect(back, 303);
  });
  pages.post("/sign-out", small, async (c) => {
    const { back } = await formOf(c);
    signOut(site, c);
    return c.redirect(BackPath.parse(back), 303);
  });
}

function signOut(site: Site, c: Context): void {
  const user = sessionUser(site, c);
  if (user) dropPendingLinksOf(site.db, user.id);
  closeSession(site, c);
  forgetPendingLink(c);
}
