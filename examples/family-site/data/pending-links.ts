import type { Database } from "./database.ts";

/**
 * How far a visitor has come who brought a BUID: the PIN is asked for; it was right and nobody is linked yet; the
 * account is made and not linked; another account is linked. The rest are ends.
 */
export type LinkStage =
  | "pin"
  | "registering"
  | "registered"
  | "conflict"
  | "signed-in"
  | "linked"
  | "already-linked"
  | "kept"
  | "undone";

/** A visitor from the bot on their way to one account. */
export interface PendingLink {
  /** SHA-256 of the cookie's id. */
  readonly idHash: string;
  /** Empty once nothing more can be asked about it. */
  readonly buid: string;
  /** The page that the bot's link meant. */
  readonly back: string;
  readonly stage: LinkStage;
  /** Counts the bot's answers: a question of the same turn is the same question. */
  readonly turn: number;
  /** PINs sent so far. */
  readonly tries: number;
  /** The last form that was acted upon, so that the same one sent again is known. */
  readonly lastKey: string | null;
  /** The account that was made, signed in to or linked. */
  readonly userId: number | null;
  /** The account that the Telegram account is linked to instead. */
  readonly otherUserId: number | null;
  /** What the messenger calls the person. */
  readonly leadName: string;
  /** JSON of what the page is to say of the last form, `null` where it went well. */
  readonly notice: string | null;
  /** When it came to its stage. */
  readonly movedAt: number;
}

/** What a stage brings along; what is not named stays. */
export type LinkMove = Pick<PendingLink, "stage"> &
  Partial<Pick<PendingLink, "userId" | "otherUserId" | "leadName">> & { readonly now: number };

/** Twice as long as a PIN lives, so that there is time for a second one. */
const LIFETIME_MS = 20 * 60 * 1000;

/** So many at most: who opens links without end pushes out old ones and fills no disk. */
const MOST = 10_000;

/** Stages after which the BUID is of no use here; a link made a moment ago can still be undone. */
const ENDS: readonly LinkStage[] = ["signed-in", "already-linked", "kept", "undone"];

/** Stages that a session was opened on the way to. */
export const SIGNED_IN: readonly LinkStage[] = ["registered", "signed-in", "linked"];

/** Remembers a BUID under the hash of a cookie's id; old ones are forgotten on the way. */
export function addPendingLink(
  db: Database,
  link: Pick<PendingLink, "idHash" | "buid" | "back"> & { readonly now: number },
): void {
  db.transaction(() => {
    db.run("DELETE FROM pending_links WHERE expires_at <= ?", link.now);
    db.run(
      `DELETE FROM pending_links WHERE id_hash IN
        (SELECT id_hash FROM pending_links ORDER BY created_at DESC LIMIT -1 OFFSET ?)`,
      MOST - 1,
    );
    db.run(
      `INSERT INTO pending_links (id_hash, buid, back, stage, created_at, expires_at)
       VALUES (?, ?, ?, 'pin', ?, ?)`,
      link.idHash,
      link.buid,
      link.back,
      link.now,
      link.now + LIFETIME_MS,
    );
  });
}

/** The pending link, or `null` where there is none or it is too old. */
export function findPendingLink(db: Database, idHash: string, now: number): PendingLink | null {
  const sql = `SELECT id_hash AS idHash, buid, back, stage, turn, tries, last_key AS lastKey, user_id AS userId,
    other_user_id AS otherUserId, lead_name AS leadName, notice, moved_at AS movedAt
    FROM pending_links WHERE id_hash = ? AND expires_at > ?`;
  return db.one<PendingLink>(sql, idHash, now) ?? null;
}

/** Takes it to another stage; what was said of the one before is said no more. */
export function movePendingLink(db: Database, link: PendingLink, move: LinkMove): void {
  const { stage, userId = link.userId, otherUserId = link.otherUserId, leadName = link.leadName } = move;
  db.run(
    `UPDATE pending_links SET stage = ?, user_id = ?, other_user_id = ?, lead_name = ?, buid = ?, notice = NULL,
      moved_at = ? WHERE id_hash = ?`,
    stage,
    userId,
    otherUserId,
    leadName,
    ENDS.includes(stage) ? "" : link.buid,
    move.now,
    link.idHash,
  );
}

/** The form that was acted upon last is known no longer: sent once more, it is a form like any other. */
export function forgetForm(db: Database, link: PendingLink): void {
  db.run("UPDATE pending_links SET last_key = NULL WHERE id_hash = ?", link.idHash);
}

/** Forgets a pending link altogether. */
export function dropPendingLink(db: Database, link: PendingLink): void {
  db.run("DELETE FROM pending_links WHERE id_hash = ?", link.idHash);
}

/** Forgets every pending link that has come to this user, `but` the one of this id's hash. */
export function dropPendingLinksOf(db: Database, userId: number, but: string | null = null): void {
  db.run("DELETE FROM pending_links WHERE user_id = ? AND id_hash IS NOT ?", userId, but);
}

/** The bot has answered: what is asked next is another question. */
export function nextTurn(db: Database, link: PendingLink): void {
  db.run("UPDATE pending_links SET turn = turn + 1 WHERE id_hash = ?", link.idHash);
}

/** Keeps what the page is to say of the last form. */
export function noteNotice(db: Database, link: PendingLink, notice: string): void {
  db.run("UPDATE pending_links SET notice = ? WHERE id_hash = ?", notice, link.idHash);
}

/** Notes a form that is about to be acted upon; `isTry` where it carries a PIN. */
export function noteForm(db: Database, link: PendingLink, key: string, isTry: boolean): void {
  db.run(
    "UPDATE pending_links SET last_key = ?, tries = tries + ? WHERE id_hash = ?",
    key,
    Number(isTry),
    link.idHash,
  );
}
