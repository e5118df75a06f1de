import type { DatabaseSync } from "node:sqlite";
import type { Keyboard, Message } from "./message.ts";

/** A person's chat with a bot. It exists from their first message on. */
export interface ChatState {
  readonly blocked: boolean;
  /** Grows by one with every message, edit and deletion. */
  readonly revision: number;
  readonly keyboard: Keyboard | null;
}

/** Which chat: a bot and a person. */
export interface ChatKey {
  readonly bot: number;
  readonly user: number;
}

/** All chats and what was said in them. */
export type Chats = ReturnType<typeof chatsIn>;

/** Chats kept in `db`. */
export function chatsIn(db: DatabaseSync) {
  const open = db.prepare("INSERT INTO chats (bot_id, user_id) VALUES (?, ?) ON CONFLICT DO NOTHING");
  const state = db.prepare("SELECT blocked, revision, keyboard FROM chats WHERE bot_id = ? AND user_id = ?");
  const block = db.prepare("UPDATE chats SET blocked = ? WHERE bot_id = ? AND user_id = ?");
  const setKeyboard = db.prepare("UPDATE chats SET keyboard = ? WHERE bot_id = ? AND user_id = ?");

  return {
    ...messagesIn(db),
    /** Opens the chat; one that is open stays as it is. */
    open: ({ bot, user }: ChatKey): void => void open.run(bot, user),
    state({ bot, user }: ChatKey): ChatState | null {
      const row = state.get(bot, user) as
        | { blocked: number; revision: number; keyboard: string | null }
        | undefined;
      if (!row) return null;
      return {
        blocked: row.blocked === 1,
        revision: row.revision,
        keyboard: row.keyboard && JSON.parse(row.keyboard),
      };
    },
    setBlocked: (key: ChatKey, blocked: boolean): void => void block.run(blocked ? 1 : 0, key.bot, key.user),
    setKeyboard(key: ChatKey, keyboard: Keyboard | null): void {
      setKeyboard.run(keyboard && JSON.stringify(keyboard), key.bot, key.user);
    },
  };
}

function messagesIn(db: DatabaseSync) {
  const bump = db.prepare(
    "UPDATE chats SET revision = revision + 1 WHERE bot_id = ? AND user_id = ? RETURNING revision AS next",
  );
  const put = db.prepare(
    `INSERT INTO messages (bot_id, user_id, message_id, revision, body) VALUES (?1, ?2, ?3, ?4, ?5)
     ON CONFLICT DO UPDATE SET revision = ?4, body = ?5`,
  );
  const one = db.prepare("SELECT body FROM messages WHERE bot_id = ? AND user_id = ? AND message_id = ?");
  const remove = db.prepare("DELETE FROM messages WHERE bot_id = ? AND user_id = ? AND message_id = ?");
  const some = db.prepare(
    `SELECT body FROM messages WHERE bot_id = ? AND user_id = ? AND (message_id > ? OR revision > ?)
     ORDER BY message_id`,
  );
  const read = (row: unknown): Message => JSON.parse((row as { body: string }).body);
  const next = ({ bot, user }: ChatKey) => (bump.get(bot, user) as { next: number }).next;

  return {
    /** Writes a message down, or over the one of that id. */
    put(key: ChatKey, message: Message): void {
      put.run(key.bot, key.user, message.message_id, next(key), JSON.stringify(message));
    },
    message({ bot, user }: ChatKey, id: number): Message | null {
      const row = one.get(bot, user, id);
      return row ? read(row) : null;
    },
    remove(key: ChatKey, id: number): void {
      remove.run(key.bot, key.user, id);
      next(key);
    },
    /** Messages with a greater id, and those written or edited after a revision; oldest first. */
    messages: ({ bot, user }: ChatKey, newer: { after: number; since: number }): Message[] =>
      some.all(bot, user, newer.after, newer.since).map(read),
  };
}
