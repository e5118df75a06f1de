import type { Database } from "./data/database.ts";
import { findUser } from "./data/users.ts";

/** Nobody, or somebody who may not write here. */
export interface RefusedAuthor {
  readonly ok: false;
  readonly reason: "user-not-found" | "user-inactive";
}

/** Why this user may write nothing here, or `null` where they may. */
export function refusedAuthor(db: Database, userId: number): RefusedAuthor | null {
  const author = findUser(db, { userId });
  if (!author) return { ok: false, reason: "user-not-found" };
  return author.isActive ? null : { ok: false, reason: "user-inactive" };
}
