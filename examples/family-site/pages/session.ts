import { createHash, randomBytes } from "node:crypto";
import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { addSession, dropSession, sessionOwner } from "../data/sessions.ts";
import { findUser, type User } from "../data/users.ts";
import { endVisitsOf } from "../data/visits.ts";
import type { Site } from "../site.ts";
import { forgetToken } from "./gathering/token.ts";

/** The cookie that holds a session's id. */
const COOKIE = "session";

/** More than anybody could guess. */
const ID_BYTES = 32;

/** As long as people expect a family site to know them. */
const LIFETIME_S = 30 * 24 * 60 * 60;

/** The ids that answers under way bring: what a page shows after signing in belongs to the new session already. */
const brought = new WeakMap<Context, string | null>();

/** Who is signed in: an active user, or `null` for a guest. */
export function sessionUser({ db, clock }: Site, c: Context): User | null {
  const id = idOf(c);
  const userId = id === null ? null : sessionOwner(db, hashOf(id), clock.now());
  const user = userId === null ? null : findUser(db, { userId });
  return user?.isActive ? user : null;
}

/** What stands for the visitor's session where something is kept for it in memory; `null` where they bring none. */
export function sessionKey(c: Context): string | null {
  const id = idOf(c);
  return id === null ? null : hashOf(id);
}

/**
 * Signs the visitor in as this user. The id is always a fresh one, so that an id that somebody else has put into the
 * visitor's browser never becomes theirs; the session that they had before ends.
 */
export function openSession(site: Site, c: Context, userId: number): void {
  const id = randomBytes(ID_BYTES).toString("base64url");
  const createdAt = site.clock.now();
  site.db.transaction(() => {
    forget(site, c);
    addSession(site.db, {
      idHash: hashOf(id),
      userId,
      createdAt,
      expiresAt: createdAt + LIFETIME_S * 1000,
    });
  });
  brought.set(c, id);
  setCookie(c, COOKIE, id, { ...attributes(site), maxAge: LIFETIME_S });
  forgetToken(c);
}

/**
 * Ends every session of a user, but the visitor's, who stays signed in under a fresh id. A visitor who is signed in as
 * them no longer is not signed in again. `link`: the hash of the pending link that the visitor is to keep.
 */
export function endOtherVisits(site: Site, c: Context, userId: number, link: string | null = null): void {
  const isTheirs = sessionUser(site, c)?.id === userId;
  site.db.transaction(() => {
    endVisitsOf(site.db, userId, link);
    if (isTheirs) openSession(site, c, userId);
  });
}

/** Signs the visitor out, here and on the server; a guest stays one. */
export function closeSession(site: Site, c: Context): void {
  forget(site, c);
  brought.set(c, null);
  deleteCookie(c, COOKIE, attributes(site));
  forgetToken(c);
}

function forget({ db }: Site, c: Context): void {
  const id = idOf(c);
  if (id !== null) dropSession(db, hashOf(id));
}

function idOf(c: Context): string | null {
  const fresh = brought.get(c);
  return fresh === undefined ? (getCookie(c, COOKIE) ?? null) : fresh;
}

/** What the database knows of an id. It is as random as a key: nothing slower than SHA-256 is needed. */
function hashOf(id: string): string {
  return createHash("sha256").update(id).digest("base64url");
}

function attributes(site: Site) {
  const secure = site.publicUrl().startsWith("https:");
  return { path: "/", httpOnly: true, sameSite: "Lax", secure } as const;
}
