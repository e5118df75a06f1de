import type { Database } from "../data/database.ts";
import { findUser, fullName, type User } from "../data/users.ts";

/** Somebody whom the visitor could act as. */
export interface Other {
  readonly id: number;
  readonly name: string;
}

/** Those of these people whom the visitor could go on as: active, and not who they are now; each once. */
export function othersThan(actor: User | null, db: Database, ids: readonly (number | null)[]): Other[] {
  const users = [...new Set(ids)].flatMap((id) => (id === null ? [] : (findUser(db, { userId: id }) ?? [])));
  return users
    .filter((user) => user.isActive && user.id !== actor?.id)
    .map((user) => ({ id: user.id, name: fullName(user) }));
}
