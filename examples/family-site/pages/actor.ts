import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { Database } from "../data/database.ts";
import { allUsers, findUser, fullName, type User } from "../data/users.ts";
import { parseId } from "../text.ts";

/** A demonstration has no passwords: the visitor acts as the person this cookie names. */
const COOKIE = "actor";

/** Who acts before anything was chosen: Natalia, so that both demo phones (127 and 1707) get the news. */
const FIRST_ACTOR = 3;

/** Somebody whom the visitor could act as. */
export interface Other {
  readonly id: number;
  readonly name: string;
}

const MONTH_S = 30 * 24 * 60 * 60;

/** Whom the visitor acts as; always an active user. Throws where the site has none. */
export function actorOf(db: Database, c: Context): User {
  const chosen = parseId(getCookie(c, COOKIE));
  const wanted = [chosen, FIRST_ACTOR].flatMap((id) =>
    id === null ? [] : (findUser(db, { userId: id }) ?? []),
  );
  const actor = [...wanted, ...allUsers(db)].find((user) => user.isActive);
  if (!actor) throw new Error("The site has no active user to act as");
  return actor;
}

/** Those of these people whom the visitor could go on as: active, and not who they act as now; each once. */
export function othersThan(actor: User, db: Database, ids: readonly (number | null)[]): Other[] {
  const users = [...new Set(ids)].flatMap((id) => (id === null ? [] : (findUser(db, { userId: id }) ?? [])));
  return users
    .filter((user) => user.isActive && user.id !== actor.id)
    .map((user) => ({ id: user.id, name: fullName(user) }));
}

/** Remembers for a month whom the visitor acts as. */
export function rememberActor(c: Context, userId: number): void {
  setCookie(c, COOKIE, String(userId), { path: "/", httpOnly: true, sameSite: "Lax", maxAge: MONTH_S });
}
