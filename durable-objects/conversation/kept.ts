import type { DeliveryId } from "../../contract/delivery.ts";
import { first, type Sql, type Value } from "./sql.ts";

/** Most deliveries that are kept for one person: whoever is away for longer than that does not read them all. */
export const MOST_KEPT = 200;

/** A delivery that came while the person wanted quiet. Its data stays with its call: it is fetched when it is shown. */
export interface KeptDelivery extends DeliveryId {
  readonly alias: string;
  /** The user whom it is for; `null` is whoever is in the chat. */
  readonly userId: string | null;
  /** When it came; milliseconds since 1970. */
  readonly at: number;
  /** After this it is not told any more. */
  readonly expiresAt: number | null;
}

/** How many deliveries of one dialog are kept for one user. */
interface Counted {
  readonly alias: string;
  readonly userId: string | null;
  readonly count: number;
}

/** What came for one person while they wanted quiet. */
export class Kept {
  readonly #sql: Sql;
  /** How many there are; known by heart until that changes. */
  #counted: readonly Counted[] | null = null;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Keeps a delivery. @returns what had to go for it */
  add({ callId, seq, alias, userId, at, expiresAt }: KeptDelivery): KeptDelivery | null {
    this.#counted = null;
    this.#sql.exec(
      "INSERT INTO kept (call_id, seq, alias, user_id, at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
      callId,
      seq,
      alias,
      userId,
      at,
      expiresAt,
    );
    if (this.#total() <= MOST_KEPT) return null;
    const oldest = this.first();
    if (oldest) this.remove(oldest);
    return oldest;
  }

  /** Whether a delivery is kept. */
  has({ callId, seq }: DeliveryId): boolean {
    if (this.#total() === 0) return false;
    return this.#sql.exec("SELECT 1 AS one FROM kept WHERE call_id = ? AND seq = ?", callId, seq).length > 0;
  }

  /** The one that came first, or `null`. */
  first(): KeptDelivery | null {
    if (this.#total() === 0) return null;
    const row = first(this.#sql.exec("SELECT * FROM kept ORDER BY id LIMIT 1"));
    return row && keptIn(row);
  }

  /** All of them, in the order in which they came. */
  all(): readonly KeptDelivery[] {
    return this.#sql.exec("SELECT * FROM kept ORDER BY id").map(keptIn);
  }

  /** How many there are of each dialog for a user, or for whoever is here; those first of which one came first. */
  counts(userId: string | null): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const row of this.#look()) {
      if (row.userId === null || row.userId === userId)
        counts.set(row.alias, (counts.get(row.alias) ?? 0) + row.count);
    }
    return counts;
  }

  /** The dialogs of which something is kept, for whomever. */
  aliases(): readonly string[] {
    return this.#look().map(({ alias }) => alias);
  }

  remove({ callId, seq }: DeliveryId): void {
    this.#counted = null;
    this.#sql.exec("DELETE FROM kept WHERE call_id = ? AND seq = ?", callId, seq);
  }

  #total(): number {
    return this.#look().reduce((sum, { count }) => sum + count, 0);
  }

  #look(): readonly Counted[] {
    this.#counted ??= this.#sql
      .exec("SELECT alias, user_id, count(*) AS n FROM kept GROUP BY alias, user_id ORDER BY min(id)")
      .map((row) => ({
        alias: String(row.alias),
        userId: row.user_id === null ? null : String(row.user_id),
        count: Number(row.n),
      }));
    return this.#counted;
  }
}

function keptIn(row: Record<string, Value>): KeptDelivery {
  return {
    callId: String(row.call_id),
    seq: Number(row.seq),
    alias: String(row.alias),
    userId: row.user_id === null ? null : String(row.user_id),
    at: Number(row.at),
    expiresAt: row.expires_at === null ? null : Number(row.expires_at),
  };
}
