import { SILENT } from "./bot/verdict.ts";
import { hurryWaiting, isWaiting } from "./data/outbox.ts";
import { dropSessionsOf } from "./data/sessions.ts";
import { markBlocked, markBot, markDeleted, markUnblocked } from "./data/user-changes.ts";
import { findUser, isLastEmployee, type User } from "./data/users.ts";
import type { Site } from "./site.ts";
import { tell } from "./tell.ts";

/** Done (or it was so already, and nobody is told), or why not. */
export type Standing =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: "user-not-found" | "last-employee" };

const DONE: Standing = { ok: true };

const UNLINK = "unlink";

/** Keeps a user out, ends their sessions and starts `users/block` (requirement 25). */
export function blockUser(site: Site, userId: number, reason: string): Standing {
  return change(site, userId, (user) => {
    if (!user.isActive) return DONE;
    if (isLastEmployee(site.db, user)) return { ok: false, reason: "last-employee" };
    markBlocked(site.db, userId, reason);
    dropSessionsOf(site.db, userId);
    return told(site, "users/block", { userId, reason });
  });
}

/** Lets a user in again and starts `users/unblock` (requirement 26). */
export function unblockUser(site: Site, userId: number): Standing {
  return change(site, userId, (user) => {
    if (user.isActive) return DONE;
    markUnblocked(site.db, userId);
    return told(site, "users/unblock", { userId });
  });
}

/** Deletes a user, ends their sessions and starts `users/delete` (requirement 27). What they wrote stays. */
export function deleteUser(site: Site, userId: number): Standing {
  return change(site, userId, (user) => {
    if (isLastEmployee(site.db, user)) return { ok: false, reason: "last-employee" };
    markDeleted(site.db, userId, site.clock.now());
    dropSessionsOf(site.db, userId);
    return told(site, "users/delete", { userId });
  });
}

/**
 * Asks the bot to be silent (requirement 22). The pause is the bot's own affair, people begin and end it there too:
 * the site keeps nothing of it. `until` in milliseconds since 1970, `null` until resumed.
 */
export function pauseUser(site: Site, userId: number, until: number | null): Standing {
  const params = { userId, until: until === null ? null : new Date(until).toISOString() };
  return change(site, userId, () => told(site, "users/pause", params));
}

/** Asks the bot to speak again (requirement 23). */
export function resumeUser(site: Site, userId: number): Standing {
  return change(site, userId, () => told(site, "users/resume", { userId }));
}

/** Disconnects somebody's Telegram: takes their mark and starts `unlink`, which signs them out of every chat. */
export function unlinkTelegram(site: Site, userId: number): Standing {
  return change(site, userId, (user) => {
    if (!user.botConnected) return DONE;
    markBot(site.db, userId, false);
    return told(site, UNLINK, { userId });
  });
}

/**
 * Has the bot write to somebody wherever it knows them, and starts `users/connect-bot` (requirement 20). The mark stays
 * as it is: in a chat where they are signed out, the bot only offers to sign in.
 */
export function inviteBot(site: Site, userId: number): Standing {
  return change(site, userId, () => told(site, "users/connect-bot", { userId }));
}

/** Whether the bot has yet to hear that this user's Telegram was disconnected; it is then told as soon as it listens. */
export function isUnlinking(site: Site, userId: number): boolean {
  if (!isWaiting(site.db, `user:${userId}`, UNLINK)) return false;
  hurryWaiting(site.db, site.clock.now(), SILENT);
  site.wakeOutbox();
  return true;
}

function change(site: Site, userId: number, act: (user: User) => Standing): Standing {
  return site.db.transaction(() => {
    const user = findUser(site.db, { userId });
    return user ? act(user) : { ok: false, reason: "user-not-found" };
  });
}

function told(
  site: Site,
  alias: string,
  params: { readonly userId: number; readonly [more: string]: unknown },
): Standing {
  tell(site, { alias, params, subject: `user:${params.userId}` });
  return DONE;
}
