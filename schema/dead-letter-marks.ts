import { and, eq, isNull } from "drizzle-orm";
import { ask, type Database } from "./database.ts";
import { deadLetters, isWaiting } from "./dead-letters.ts";

/** Marks a letter as put on its way again. False where it was: of any number at the same time one marks it. */
export async function markRedriven(db: Database, id: string, now: number): Promise<boolean> {
  const marked = await ask(
    db
      .update(deadLetters)
      .set({ redrivenAt: new Date(now) })
      .where(and(eq(deadLetters.id, id), isNull(deadLetters.redrivenAt)))
      .returning({ id: deadLetters.id }),
  );
  return marked.length > 0;
}

/** Takes the mark back: the letter could not be put on its way after all. */
export async function unmarkRedriven(db: Database, id: string): Promise<void> {
  await ask(db.update(deadLetters).set({ redrivenAt: null }).where(eq(deadLetters.id, id)));
}

/** Marks the letters of a call as put on their way again. */
export async function markCallRedriven(db: Database, callId: string, now: number): Promise<void> {
  await ask(
    db
      .update(deadLetters)
      .set({ redrivenAt: new Date(now) })
      .where(and(eq(deadLetters.callId, callId), isWaiting())),
  );
}

/** Puts a letter away: nothing is to be done about it. One that is done with stays as it is. */
export async function dismissLetter(db: Database, id: string, now: number): Promise<void> {
  await ask(
    db
      .update(deadLetters)
      .set({ dismissedAt: new Date(now) })
      .where(and(eq(deadLetters.id, id), isWaiting())),
  );
}
