import { BrokenData } from "../../contract/errors.ts";
import { first, type Sql } from "./sql.ts";

/** Most reminders that one conversation may have: each has a key, so more is a dialog that makes up keys. */
const MOST_REMINDERS = 100;

/** A dialog that is planned. */
export interface Reminder {
  readonly key: string;
  readonly alias: string;
  /** Its data, as JSON text. */
  readonly data: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Whether it goes through quiet hours and a pause. */
  readonly critical: boolean;
}

/** When the first reminder is due, of those that are critical and of the others. */
interface Times {
  readonly critical: number | null;
  readonly other: number | null;
}

/** The dialogs that are planned in one conversation, one for each key. */
export class Reminders {
  readonly #sql: Sql;
  /** Known by heart until a reminder changes. */
  #times: Times | null = null;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Plans a dialog; of two with one key the later stays. @throws BrokenData where there are too many */
  set({ key, alias, data, at, critical }: Reminder): void {
    this.#times = null;
    this.#sql.exec(
      "INSERT OR REPLACE INTO reminders (key, alias, data, at, critical) VALUES (?, ?, ?, ?, ?)",
      key,
      alias,
      data,
      at,
      critical ? 1 : 0,
    );
    const count = Number(first(this.#sql.exec("SELECT count(*) AS n FROM reminders"))?.n);
    if (count > MOST_REMINDERS) throw new BrokenData(`A conversation may have ${MOST_REMINDERS} reminders`);
  }

  /** The reminder of this key does not come any more. */
  forget(key: string): void {
    // Most of the time there is none at all, and nothing to ask for.
    if (this.next(true) === null && this.next(false) === null) return;
    this.#times = null;
    this.#sql.exec("DELETE FROM reminders WHERE key = ?", key);
  }

  /** The first that is due at `now`. @param onlyCritical whether only what is critical may be said now */
  due(now: number, onlyCritical: boolean): Reminder | null {
    const row = first(
      this.#sql.exec(
        "SELECT * FROM reminders WHERE at <= ? AND critical >= ? ORDER BY at, key LIMIT 1",
        now,
        onlyCritical ? 1 : 0,
      ),
    );
    return (
      row && {
        key: String(row.key),
        alias: String(row.alias),
        data: String(row.data),
        at: Number(row.at),
        critical: row.critical === 1,
      }
    );
  }

  /** The dialogs that are planned. */
  aliases(): readonly string[] {
    return this.#sql.exec("SELECT alias FROM reminders").map(({ alias }) => String(alias));
  }

  /** When the first is due, of those that are critical or of the others; `null` where there is none. */
  next(critical: boolean): number | null {
    this.#times ??= this.#look();
    return critical ? this.#times.critical : this.#times.other;
  }

  #look(): Times {
    const row = first(
      this.#sql.exec(
        "SELECT min(iif(critical = 1, at, NULL)) AS critical, min(iif(critical = 0, at, NULL)) AS other FROM reminders",
      ),
    );
    const time = (name: keyof Times) => (row?.[name] == null ? null : Number(row[name]));
    return { critical: time("critical"), other: time("other") };
  }
}
