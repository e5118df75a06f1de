import type { Database } from "./database.ts";
import { dropPendingLinksOf } from "./pending-links.ts";
import { dropSessionsOf } from "./sessions.ts";

/**
 * Ends every session of a user, and whatever from the bot's links could open another one. `but`: the pending link of
 * the visitor who does this, by the hash of its id.
 */
export function endVisitsOf(db: Database, userId: number, but: string | null = null): void {
  db.transaction(() => {
    dropSessionsOf(db, userId);
    dropPendingLinksOf(db, userId, but);
  });
}
