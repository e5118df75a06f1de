import type { DatabaseSync } from "node:sqlite";
import type { Chat, User } from "grammy/types";
import { present } from "../present.ts";

/** Somebody with a phone. */
export interface Person {
  readonly id: number;
  readonly first_name: string;
  readonly last_name?: string | undefined;
  readonly username?: string | undefined;
  readonly language_code?: string | undefined;
  /** Digits only, as Telegram gives them in a contact. */
  readonly phone_number?: string | undefined;
}

/** The people of the local world. */
export type People = ReturnType<typeof peopleIn>;

/** People kept in `db`. */
export function peopleIn(db: DatabaseSync) {
  const put = db.prepare(
    "INSERT INTO people (id, phone_number, body) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET phone_number = ?2, body = ?3",
  );
  const byId = db.prepare("SELECT body FROM people WHERE id = ?");
  const byPhone = db.prepare("SELECT body FROM people WHERE phone_number = ? ORDER BY id");
  const every = db.prepare("SELECT body FROM people ORDER BY rowid");
  const read = (row: unknown): Person => JSON.parse((row as { body: string }).body);

  return {
    /** Makes a person, or replaces what was known of them; their chats stay. */
    put(person: Person): void {
      put.run(person.id, person.phone_number ?? null, JSON.stringify(person));
    },
    find(id: number): Person | null {
      const row = byId.get(id);
      return row ? read(row) : null;
    },
    /** Whose phone this is; digits only. */
    withPhone(phone: string): Person[] {
      return byPhone.all(phone).map(read);
    },
    all(): Person[] {
      return every.all().map(read);
    },
  };
}

/** The person as `User`: Telegram never shows a phone number there. */
export function asUser(person: Person): User {
  const { id, first_name, last_name, username, language_code } = person;
  return present({ id, is_bot: false, first_name, last_name, username, language_code });
}

/** The person's private chat with a bot: its id is theirs. */
export function asChat(person: Person): Chat.PrivateChat {
  const { id, first_name, last_name, username } = person;
  return present({ id, type: "private" as const, first_name, last_name, username });
}
