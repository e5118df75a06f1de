import type { Handler } from "hono";
import type { z } from "zod";
import { phoneDigits } from "../data/phone.ts";
import { markBot } from "../data/user-changes.ts";
import { addUser, findUser, type User } from "../data/users.ts";
import { endVisitsOf } from "../data/visits.ts";
import type { Site } from "../site.ts";
import { parseId } from "../text.ts";
import { BotMarkBody, NewUserBody, UserSearch } from "./bodies.ts";
import { effect, invalid, type Reply } from "./effect.ts";

const NOT_FOUND = { error: "user-not-found" };

/**
 * `GET /user?userId=|email=|phone=` (requirement 15). What can be no id or phone at all belongs to nobody: 404; so does
 * a phone that somebody has typed here, for whoever has it in the messenger would be signed in as them.
 */
export function getUser(site: Site): Handler {
  return (c) => {
    const search = UserSearch.safeParse(c.req.query());
    if (!search.success) return invalid(c, search.error);
    const { userId, email, phone } = search.data;
    const id = userId ? parseId(userId) : undefined;
    const digits = phone ? phoneDigits(phone) : undefined;
    if (id === null || digits === null) return c.json(NOT_FOUND, 404);
    const user = findUser(site.db, { userId: id, email: email || undefined, provenPhone: digits });
    return user ? c.json(userAnswer(user)) : c.json(NOT_FOUND, 404);
  };
}

/** `POST /user` (requirement 16) → `{userId}`. A taken phone or e-mail is 409 with the id of who has it. */
export function postUser(site: Site): Handler {
  return effect(site, NewUserBody, (body) => register(site, body));
}

/**
 * `POST /user/connect-bot` and `/user/disconnect-bot` (requirement 17): set or clear the mark, as often as you like.
 * Who has left the bot is signed out here too, on every device: it may be an intruder who got in through it.
 */
export function postBotMark(site: Site, connected: boolean): Handler {
  return effect(site, BotMarkBody, ({ userId }) => {
    if (!findUser(site.db, { userId })) return { status: 404, body: NOT_FOUND };
    markBot(site.db, userId, connected);
    if (!connected) endVisitsOf(site.db, userId);
    return { status: 200, body: { success: true } };
  });
}

function register({ db }: Site, body: z.output<typeof NewUserBody>): Reply {
  const { firstname, lastname, middlename, role, phone, email } = body;
  const byPhone = phone === null ? null : findUser(db, { phone });
  const known = byPhone ?? (email === null ? null : findUser(db, { email }));
  if (known) return taken(known, byPhone ? "phone" : "email");
  const location = body.location ?? { country: null, region: null, city: null };
  // The bot has it from the contact that the messenger vouches for.
  const phoneProven = phone !== null;
  const names = { name: firstname, surname: lastname, patronymic: middlename };
  return {
    status: 200,
    body: { userId: addUser(db, { ...names, role, phone, phoneProven, email, location, isActive: true }) },
  };
}

/** The id tells nothing that GET /user would not, and lets the bot go on with the user it was about to make. */
function taken({ id, phoneProven }: User, by: "phone" | "email"): Reply {
  const whose = by === "email" || phoneProven ? { userId: id } : {};
  return { status: 409, body: { error: "user-exists", by, ...whose } };
}

/** Exactly the fields of requirement 15, in its words. */
function userAnswer({ id, surname, name, patronymic, role, isActive, phone, email, location }: User) {
  return { userId: id, surname, name, patronymic, role, isActive, phone, email, location };
}
