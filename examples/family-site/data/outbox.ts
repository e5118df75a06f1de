import type { Database } from "./database.ts";

/** What a notice tells of; the page of that thing shows what the bot answered. */
export type Subject = `${"post" | "user" | "order" | "cart" | "request" | "gathering"}:${number}`;

/** A communication that the bot is to start; it is written together with what it tells of. */
export interface NewNotice {
  /** Idempotency key of the call: the bot starts it once, however often we ask. */
  readonly key: string;
  readonly alias: string;
  readonly params: object;
  readonly subject: Subject;
  /** The comment of the post that it tells of; `null` for the subject as a whole. */
  readonly part: `comment:${number}` | null;
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
  readonly alias: string;
  readonly part: string | null;
  readonly state: "waiting" | "sent" | "failed";
  readonly attempts: number;
  readonly createdAt: number;
  readonly dueAt: number;
  readonly message: string | null;
  readonly recipients: string | null;
}

/** News older than a day is no news: after that a notice counts as failed and a person may send it again. */
const PATIENCE_MS = 24 * 60 * 60 * 1000;

/**
 * What may be sent: of one subject and part only the oldest that waits, so that "blocked" and "unblocked" cannot
 * overtake each other. Different subjects never wait for each other.
 */
const FIRST_IN_LINE = `state = 'waiting' AND NOT EXISTS (
  SELECT 1 FROM outbox AS earlier
  WHERE earlier.state = 'waiting' AND earlier.id < outbox.id
    AND earlier.subject = outbox.subject AND earlier.part IS outbox.part)`;

/** Puts a notice into the outbox; call it in the transaction of what it tells of. */
export function addNotice(db: Database, notice: NewNotice): void {
  db.run(
    `INSERT INTO outbox (key, alias, params, subject, part, state, created_at, due_at, deadline_at)
     VALUES (?, ?, ?, ?, ?, 'waiting', ?, ?, ?)`,
    notice.key,
    notice.alias,
    JSON.stringify(notice.params),
    notice.subject,
    notice.part,
    notice.now,
    notice.now,
    notice.now + PATIENCE_MS,
  );
}

/** The notice that has been due longest, or `null`. */
export function nextDue(db: Database, now: number): DueNotice | null {
  const sql = `SELECT id, key, alias, params, attempts, deadline_at AS deadlineAt FROM outbox
    WHERE ${FIRST_IN_LINE} AND due_at <= ? ORDER BY due_at, id LIMIT 1`;
  return db.one<DueNotice>(sql, now) ?? null;
}

/** When the next notice will be due, or `null` where none waits. */
export function nextDueAt(db: Database): number | null {
  const row = db.one<{ at: number | null }>(`SELECT min(due_at) AS at FROM outbox WHERE ${FIRST_IN_LINE}`);
  return row?.at ?? null;
}

/** Whether the bot has yet to be told this of the subject as a whole. */
export function isWaiting(db: Database, subject: Subject, alias: string): boolean {
  const sql = "SELECT id FROM outbox WHERE subject = ? AND part IS NULL AND alias = ? AND state = 'waiting'";
  return db.one(sql, subject, alias) !== undefined;
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

/**
 * Lets a person send a failed notice again, under a new key: the bot remembers its refusal of the old one. Does
 * nothing once something newer was told of the same subject and part: the old would contradict it.
 */
export function retryFailed(
  db: Database,
  retry: { readonly id: number; readonly key: string; readonly now: number },
): void {
  db.run(
    `UPDATE outbox SET state = 'waiting', attempts = 0, message = NULL, key = ?, due_at = ?, deadline_at = ?
     WHERE id = ? AND state = 'failed' AND NOT EXISTS (
       SELECT 1 FROM outbox AS later
       WHERE later.id > outbox.id AND later.subject = outbox.subject AND later.part IS outbox.part)`,
    retry.key,
    retry.now,
    retry.now + PATIENCE_MS,
    retry.id,
  );
}

/** At most so many notices about a subject: of the whole first, then of its parts, the newest of each; oldest first. */
export function noticesOf(db: Database, subject: Subject, most: number): Notice[] {
  const sql = `SELECT id, alias, part, state, attempts, created_at AS createdAt, due_at AS dueAt, message, recipients
    FROM outbox WHERE subject = ? ORDER BY part IS NOT NULL, id DESC LIMIT ?`;
  return db.all<Notice>(sql, subject, most).sort((a, b) => a.id - b.id);
}
