import type { Database } from "./database.ts";

/** What a person of the bot's says of the gathering; they need no account here. */
interface GatheringAnswer {
  /** The bot's id of the person. */
  readonly personId: number;
  readonly userId: number | null;
  readonly guests: number;
  /** Empty where there are none. */
  readonly wishes: string;
}

/** Keeps a person's answer; a later one replaces it. */
export function keepGatheringAnswer(db: Database, answer: GatheringAnswer & { readonly now: number }): void {
  db.run(
    `INSERT OR REPLACE INTO gathering_answers (person_id, user_id, guests, wishes, answered_at)
     VALUES (?, ?, ?, ?, ?)`,
    answer.personId,
    answer.userId,
    answer.guests,
    answer.wishes,
    answer.now,
  );
}
