import { randomInt } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { ChatKey } from "./chats.ts";

/** What a bot answered to a tap. */
export interface CallbackAnswer {
  readonly text?: string | undefined;
  readonly show_alert: boolean;
  readonly url?: string | undefined;
}

/** A tap on an inline button. */
export interface Callback extends ChatKey {
  readonly id: string;
  /** Ms since 1970. */
  readonly createdAt: number;
  readonly answer: CallbackAnswer | null;
}

/** All taps. */
export type Callbacks = ReturnType<typeof callbacksIn>;

/** Callback queries kept in `db`. */
export function callbacksIn(db: DatabaseSync) {
  const put = db.prepare("INSERT INTO callbacks (id, bot_id, user_id, created_at) VALUES (?, ?, ?, ?)");
  const byId = db.prepare("SELECT bot_id, user_id, created_at, answer FROM callbacks WHERE id = ?");
  const answer = db.prepare("UPDATE callbacks SET answer = ? WHERE id = ?");
  return {
    add({ bot, user }: ChatKey, now: number): string {
      const id = `${randomInt(2 ** 47)}${randomInt(10_000, 99_999)}`;
      put.run(id, bot, user, now);
      return id;
    },
    find(id: string): Callback | null {
      const row = byId.get(id) as
        | { bot_id: number; user_id: number; created_at: number; answer: string | null }
        | undefined;
      if (!row) return null;
      const said = row.answer === null ? null : JSON.parse(row.answer);
      return { id, bot: row.bot_id, user: row.user_id, createdAt: row.created_at, answer: said };
    },
    answer: (id: string, said: CallbackAnswer): void => void answer.run(JSON.stringify(said), id),
  };
}
