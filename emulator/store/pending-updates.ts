import type { DatabaseSync } from "node:sqlite";

/** Telegram's `Update`: an id and one more key, which names its kind. */
export type Update = { readonly update_id: number } & Readonly<Record<string, unknown>>;

/** An update not yet taken by its bot. */
export interface PendingUpdate {
  /** Orders updates; raw ones may repeat an `update_id`. */
  readonly seq: number;
  readonly bot: number;
  /** Updates of one queue are delivered one after another. */
  readonly queue: string;
  /** Ms since 1970. */
  readonly createdAt: number;
  readonly update: Update;
}

/** The updates waiting for their bots. */
export type PendingUpdates = ReturnType<typeof pendingUpdatesIn>;

/** Updates kept in `db` until delivered, so that none is lost with the process. */
export function pendingUpdatesIn(db: DatabaseSync) {
  const put = db.prepare(
    "INSERT INTO updates (bot_id, queue, created_at, body) VALUES (?, ?, ?, ?) RETURNING seq",
  );
  const remove = db.prepare("DELETE FROM updates WHERE seq = ?");
  const removeAll = db.prepare("DELETE FROM updates WHERE bot_id = ?");
  const every = db.prepare("SELECT seq, queue, created_at, body FROM updates WHERE bot_id = ? ORDER BY seq");
  const count = db.prepare("SELECT count(*) AS n FROM updates WHERE bot_id = ?");
  return {
    add(pending: Omit<PendingUpdate, "seq">): PendingUpdate {
      const row = put.get(pending.bot, pending.queue, pending.createdAt, JSON.stringify(pending.update));
      return { ...pending, seq: (row as { seq: number }).seq };
    },
    remove: (seq: number): void => void remove.run(seq),
    removeAll: (bot: number): void => void removeAll.run(bot),
    count: (bot: number): number => (count.get(bot) as { n: number }).n,
    all(bot: number): PendingUpdate[] {
      return every.all(bot).map((raw) => {
        const row = raw as { seq: number; queue: string; created_at: number; body: string };
        return {
          seq: row.seq,
          bot,
          queue: row.queue,
          createdAt: row.created_at,
          update: JSON.parse(row.body),
        };
      });
    },
  };
}
