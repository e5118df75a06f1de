import type { Database } from "./database.ts";

/** A visitor who is signed in; `idHash` stands for the id that only their browser has. */
export interface NewSession {
  readonly idHash: string;
  readonly userId: number;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** Keeps a session, and sweeps out the old ones of everybody. */
export function addSession(db: Database, { idHash, userId, createdAt, expiresAt }: NewSession): void {
  db.run("DELETE FROM sessions WHERE expires_at <= ?", createdAt);
  db.run(
    "INSERT INTO sessions (id_hash, user_id, created_at, expires_at) VALUES (?, ?, ?, ?)",
    idHash,
    userId,
    createdAt,
    expiresAt,
  );
}

/** Whose session this is, or `null` where there is none that still runs. */
export function sessionOwner(db: Database, idHash: string, now: number): number | null {
  const sql = "SELECT user_id AS userId FROM sessions WHERE id_hash = ? AND expires_at > ?";
  return db.one<{ userId: number }>(sql, idHash, now)?.userId ?? null;
}

/** Ends one session; a second time nothing happens. */
export function dropSession(db: Database, idHash: string): void {
  db.run("DELETE FROM sessions WHERE id_hash = ?", idHash);
}

/** Ends every session of a user. */
export function dropSessionsOf(db: Database, userId: number): void {
  db.run("DELETE FROM sessions WHERE user_id = ?", userId);
}
