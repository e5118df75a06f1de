import type { Database } from "./database.ts";
import { fullName } from "./users.ts";

/** What the customer or the performer of a request has written about it. */
export interface Message {
  readonly id: number;
  readonly authorId: number;
  readonly authorName: string;
  readonly text: string;
  readonly createdAt: number;
}

/** A message that is about to be stored. */
export interface NewMessage {
  readonly requestId: number;
  readonly authorId: number;
  readonly text: string;
  readonly createdAt: number;
}

type MessageRow = Omit<Message, "authorName"> & { readonly name: string; readonly surname: string | null };

/** As many messages as one page carries: a bound, so that no request can make it endless. */
const NEWEST = 500;

/** The newest 500 messages about a request, oldest first. */
export function messagesOf(db: Database, requestId: number): Message[] {
  const rows = db.all<MessageRow>(
    `SELECT request_messages.id, author_id AS authorId, name, surname, text, created_at AS createdAt
     FROM request_messages JOIN users ON users.id = author_id
     WHERE request_id = ? ORDER BY request_messages.id DESC LIMIT ?`,
    requestId,
    NEWEST,
  );
  return rows
    .reverse()
    .map(({ name, surname, ...rest }) => ({ ...rest, authorName: fullName({ name, surname }) }));
}

/** Stores a message and returns its id. Tells nobody: that is `writeMessage`. */
export function addMessage(db: Database, message: NewMessage): number {
  return db.run(
    "INSERT INTO request_messages (request_id, author_id, text, created_at) VALUES (?, ?, ?, ?)",
    message.requestId,
    message.authorId,
    message.text,
    message.createdAt,
  );
}
