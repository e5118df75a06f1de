import { createHash, randomBytes } from "node:crypto";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { fingerprint } from "../../data/answers.ts";
import { addPendingLink, findPendingLink, type PendingLink } from "../../data/pending-links.ts";
import type { User } from "../../data/users.ts";
import type { Site } from "../../site.ts";

/** The cookie that holds the pending link's id. The BUID itself stays on the server. */
const COOKIE = "pending-link";

/** More than anybody could guess. */
const ID_BYTES = 32;

/** As many as the row of the database is good for. */
const LIFETIME_S = 20 * 60;

/** Remembers what the bot's link has brought; the visitor's earlier one, if any, is out of their reach. */
export function openPendingLink(
  site: Site,
  c: Context,
  link: { readonly buid: string; readonly back: string },
): void {
  const id = randomBytes(ID_BYTES).toString("base64url");
  addPendingLink(site.db, { ...link, idHash: hashOf(id), now: site.clock.now() });
  const secure = site.publicUrl().startsWith("https:");
  setCookie(c, COOKIE, id, { path: "/link", httpOnly: true, sameSite: "Lax", secure, maxAge: LIFETIME_S });
}

/** Whoever signs out leaves nothing behind that would sign the next one at this browser in. */
export function forgetPendingLink(c: Context): void {
  deleteCookie(c, COOKIE, { path: "/link" });
}

/** The visitor's pending link as it stands now, or `null`. */
export function pendingLinkOf({ db, clock }: Site, c: Context): PendingLink | null {
  const id = getCookie(c, COOKIE);
  return id === undefined ? null : findPendingLink(db, hashOf(id), clock.now());
}

/**
 * What a form must bring to be this visitor's, of this link, as they were signed in when it was shown. It follows from
 * the cookie's id, which no page and no database has.
 */
export function stampOf(c: Context, user: User | null): string {
  return fingerprint("link-form", getCookie(c, COOKIE) ?? "", String(user?.id ?? "guest"));
}

/**
 * The idempotency key of a question to the bot: asked again in the same turn, of the same link and with the same words,
 * it is the same question, whatever crashed in between. Nobody without the cookie can guess a PIN from it.
 */
export function questionKey(c: Context, turn: number, alias: string, params: object): string {
  return fingerprint(
    "link-question",
    getCookie(c, COOKIE) ?? "",
    String(turn),
    alias,
    JSON.stringify(params),
  );
}

function hashOf(id: string): string {
  return createHash("sha256").update(id).digest("base64url");
}
