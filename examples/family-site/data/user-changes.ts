import type { Database } from "./database.ts";
import type { UserDetails } from "./users.ts";

/** Sets or clears the mark that this user has the bot connected; doing it again changes nothing. */
export function markBot(db: Database, userId: number, connected: boolean): void {
  db.run("UPDATE users SET bot_connected = ? WHERE id = ?", Number(connected), userId);
}

/** Writes a user's details. Phone and e-mail must be free. */
export function updateUser(db: Database, userId: number, user: UserDetails): void {
  db.run(
    `UPDATE users SET surname = ?, name = ?, patronymic = ?, role = ?, phone = ?, phone_proven = ?,
      email = ?, country = ?, region = ?, city = ? WHERE id = ?`,
    user.surname,
    user.name,
    user.patronymic,
    user.role,
    user.phone,
    Number(user.phoneProven),
    user.email?.toLowerCase() ?? null,
    user.location.country,
    user.location.region,
    user.location.city,
    userId,
  );
}

/** Keeps a user out, and why. */
export function markBlocked(db: Database, userId: number, reason: string): void {
  db.run("UPDATE users SET is_active = 0, block_reason = ? WHERE id = ?", reason, userId);
}

/** Lets a user in again. */
export function markUnblocked(db: Database, userId: number): void {
  db.run("UPDATE users SET is_active = 1, block_reason = NULL WHERE id = ?", userId);
}

/** Deletes a user: the row stays, without what could find the person and is free for somebody else now. */
export function markDeleted(db: Database, userId: number, now: number): void {
  db.run(
    "UPDATE users SET deleted_at = ?, is_active = 0, bot_connected = 0, phone = NULL, email = NULL WHERE id = ?",
    now,
    userId,
  );
}
