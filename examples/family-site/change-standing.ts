import { markBlocked, markBot, markDeleted, markUnblocked } from "./data/user-changes.ts";
import { findUser, isLastEmployee, type User } from "./data/users.ts";
import type { Site } from "./site.ts";
import { tell } from "./tell.ts";

/** Done (or it was so already, and nobody is told), or why not. */
export type Standing =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: "user-not-found" | "last-employee" };

const DONE: Standing = { ok: true };

/** Keeps a user out and starts `users/block` (requirement 25). */
export function blockUser(site: Site, userId: number, reason: string): Standing {
  return change(site, userId, (user) => {
    if (!user.isActive) return DONE;
    if (isLastEmployee(site.db, user)) return { ok: false, reason: "last-employee" };
    markBlocked(site.db, userId, reason);
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

/** Deletes a user and starts `users/delete` (requirement 27). What they wrote stays. */
export function deleteUser(site: Site, userId: number): Standing {
  return change(site, userId, (user) => {
    if (isLastEmployee(site.db, user)) return { ok: false, reason: "last-employee" };
    markDeleted(site.db, userId, site.clock.now());
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

/** The switch on a person's profile: sets the mark here and has the bot follow (requirements 20 and 21). */
export function switchBot(site: Site, userId: number, connected: boolean): Standing {
  return change(site, userId, (user) => {
    if (user.botConnected === connected) return DONE;
    markBot(site.db, userId, connected);
    return told(site, connected ? "users/connect-bot" : "users/disconnect-bot", { userId });
  });
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
