import type { Database } from "./database.ts";

/** A communication that the bot is to start; it is written together with what it tells of. */
export interface NewNotice {
  /** Idempotency key of the call: the bot starts it once, however often we ask. */
  readonly key: string;
  readonly alias: "post/new" | "comment/new";
  readonly params: object;
  readonly postId: number;
  readonly commentId: number | null;
  readonly now: number;
}

/** A notice that waits to be sent. */
export interface DueNotice {
  readonly id: number;
  readonly key: string;
  readonly alias: string;
  /** JSON of `script_request_params`. */
  readonly params: string;
  readonly attempts: number;
  readonly deadlineAt: number;
}

/** How far a notice has come: `message` says why it waits or failed, `recipients` is JSON of the bot's answer. */
export interface Notice {
  readonly id: number;
  readonly commentId: number | null;
  readonly state: "waiting" | "sent" | "failed";
  readonly attempts: number;
  readonly dueAt: number;
  readonly message: string | null;
  readonly recipients: string | null;
}

/** News older than a day is no news: after that a notice counts as failed and a person may send it again. */
const PATIENCE_MS = 24 * 60 * 60 * 1000;

/** Puts a notice into the outbox; call it in the transaction of the post or comment itself. */
export function addNotice(db: Database, notice: NewNotice): void {
  db.run(
    `INSERT INTO outbox (key, alias, params, post_id, comment_id, state, due_at, deadline_at)
     VALUES (?, ?, ?, ?, ?, 'waiting', ?, ?)`,
    notice.key,
    notice.alias,
    JSON.stringify(notice.params),
    notice.postId,
    notice.commentId,
    notice.now,
    notice.now + PATIENCE_MS,
  );
}

/** The notice that has been due longest, or `null`. */
export function nextDue(db: Database, now: number): DueNotice | null {
  const sql = `SELECT id, key, alias, params, attempts, deadline_at AS deadlineAt FROM outbox
    WHERE state = 'waiting' AND due_at <= ? ORDER BY due_at, id LIMIT 1`;
  return db.one<DueNotice>(sql, now) ?? null;
}

/** When the next notice will be due, or `null` where none waits. */
export function nextDueAt(db: Database): number | null {
  const row = db.one<{ at: number | null }>("SELECT min(due_at) AS at FROM outbox WHERE state = 'waiting'");
  return row?.at ?? null;
}

/** The bot took it. */
export function markSent(db: Database, id: number, recipients: object | null): void {
  const sql = `UPDATE outbox SET state = 'sent', attempts = attempts + 1, message = NULL, recipients = ? WHERE id = ?`;
  db.run(sql, recipients && JSON.stringify(recipients), id);
}

/** It will be tried again at `dueAt`. */
export function markWaiting(db: Database, id: number, dueAt: number, message: string): void {
  db.run(
    "UPDATE outbox SET attempts = attempts + 1, due_at = ?, message = ? WHERE id = ?",
    dueAt,
    message,
    id,
  );
}

/** It will not be tried again by itself. */
export function markFailed(db: Database, id: number, message: string): void {
  const sql = "UPDATE outbox SET state = 'failed', attempts = attempts + 1, message = ? WHERE id = ?";
  db.run(sql, message, id);
}

/** The bot answers again: what waits because it did not is due at once, in the order it came. */
export function hurryWaiting(db: Database, now: number, message: string): void {
  const sql = "UPDATE outbox SET due_at = ?1 WHERE state = 'waiting' AND message = ?2 AND due_at > ?1";
  db.run(sql, now, message);
}

/** Lets a person send a failed notice again, under a new key: the bot remembers its refusal of the old one. */
export function retryFailed(
  db: Database,
  retry: { id: number; postId: number; key: string; now: number },
): void {
  db.run(
    `UPDATE outbox SET state = 'waiting', attempts = 0, message = NULL, key = ?, due_at = ?, deadline_at = ?
     WHERE id = ? AND post_id = ? AND state = 'failed'`,
    retry.key,
    retry.now,
    retry.now + PATIENCE_MS,
    retry.id,
    retry.postId,
  );
}

/** Every notice about a post and its comments, oldest first. */
export function noticesOf(db: Database, postId: number): Notice[] {
  const sql = `SELECT id, comment_id AS commentId, state, attempts, due_at AS dueAt, message, recipients
    FROM outbox WHERE post_id = ? ORDER BY id`;
  return db.all<Notice>(sql, postId);
}
