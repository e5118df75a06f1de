import type { DatabaseSync } from "node:sqlite";

/** A text that reached a phone. */
export interface Sms {
  readonly id: number;
  /** Digits only. */
  readonly phone: string;
  readonly text: string;
  /** Seconds since 1970, as Telegram counts. */
  readonly date: number;
}

/** The texts of all phones. */
export type SmsBox = ReturnType<typeof smsIn>;

/** Texts kept in `db`. */
export function smsIn(db: DatabaseSync) {
  const put = db.prepare(
    "INSERT INTO sms (phone, text, date) VALUES (?, ?, ?) RETURNING id, phone, text, date",
  );
  const list = db.prepare("SELECT id, phone, text, date FROM sms WHERE phone = ? ORDER BY id");
  return {
    add: (phone: string, text: string, date: number): Sms =>
      ({ ...put.get(phone, text, date) }) as unknown as Sms,
    /** Of one phone, oldest first. */
    of: (phone: string): Sms[] => list.all(phone).map((row) => ({ ...row }) as unknown as Sms),
  };
}
